import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { glob } from 'tinyglobby';
import { checkProject } from './check-project.ts';
import { type QueryError, readErrors } from './query-errors.ts';

/** The query files of a project. */
export interface QueryFiles {
  /** The project's folder: its TypeScript and its settings are used. */
  readonly folder: string;
  /** Patterns of files, from the folder. */
  readonly patterns: readonly string[];
}

/** The result of type-checking the registered queries. */
export type QueryCheck =
  | { readonly status: 'none' }
  | { readonly status: 'checked'; readonly files: number; readonly errors: readonly QueryError[] }
  | { readonly status: 'not-checked'; readonly reason: string };

/**
 * Type-checks the query files of a project, with the project's own TypeScript and settings. They import the working
 * definition, so its changes break whatever no longer compiles.
 */
export async function typeCheckQueries(
  queries: QueryFiles | undefined,
  signal?: AbortSignal,
): Promise<QueryCheck> {
  if (!queries || queries.patterns.length === 0) return { status: 'none' };
  const { folder, patterns } = queries;
  const notChecked = (reason: string): QueryCheck => ({ status: 'not-checked', reason });
  const ignore = ['**/node_modules/**'];
  const files = (await glob([...patterns], { cwd: folder, absolute: true, ignore })).sort();
  if (files.length === 0) return notChecked(`no file matches ${patterns.join(', ')}`);
  const compiler = findCompiler(folder);
  if (compiler === undefined)
    return notChecked(`TypeScript is not installed in ${folder}: npm install --save-dev typescript`);
  const scratch = await mkdtemp(join(tmpdir(), 'headwater-check-'));
  try {
    const project = join(scratch, 'tsconfig.json');
    await writeFile(project, JSON.stringify(checkProject(folder, files)));
    const output = await run(compiler, ['-p', project, '--noEmit', '--pretty', 'false'], folder, signal);
    const errors = readErrors(output.text, folder);
    if (output.code !== 0 && errors.length === 0)
      return notChecked(`tsc: ${output.text.trim().split('\n')[0] ?? `exit code ${output.code}`}`);
    const known = new Set(files.map((file) => relative(folder, file)));
    return { status: 'checked', files: files.length, errors: errors.filter(({ file }) => known.has(file)) };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function findCompiler(folder: string): string | undefined {
  try {
    const manifest = createRequire(join(folder, 'package.json')).resolve('typescript/package.json');
    return join(dirname(manifest), 'bin', 'tsc');
  } catch {
    return undefined;
  }
}

function run(
  script: string,
  args: readonly string[],
  cwd: string,
  signal: AbortSignal | undefined,
): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd,
    signal,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
  return new Promise((done, fail) => {
    child.on('error', fail).on('close', (code) => done({ code, text }));
  });
}
