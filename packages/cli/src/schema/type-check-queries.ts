import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { glob } from 'tinyglobby';

/** One place in a registered query that does not compile. */
export interface QueryError {
  /** From the config's folder. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** TypeScript's code, such as `TS2322`. */
  readonly code: string;
  readonly message: string;
}

/** What type-checking the registered queries found. */
export type QueryCheck =
  | { readonly status: 'none' }
  | { readonly status: 'checked'; readonly files: number; readonly errors: readonly QueryError[] }
  | { readonly status: 'not-checked'; readonly reason: string };

/**
 * Type-checks the query files that a config registers, with the project's own TypeScript and its own settings. The
 * definition they import is the working one, so what no longer compiles is what its changes break.
 *
 * @param config the config's file; patterns are from its folder
 */
export async function typeCheckQueries(
  config: string,
  patterns: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<QueryCheck> {
  if (!patterns || patterns.length === 0) return { status: 'none' };
  const folder = dirname(config);
  const files = (
    await glob([...patterns], { cwd: folder, absolute: true, ignore: ['**/node_modules/**'] })
  ).sort();
  if (files.length === 0) return { status: 'not-checked', reason: `no file matches ${patterns.join(', ')}` };
  const compiler = findCompiler(folder);
  if (compiler === undefined)
    return {
      status: 'not-checked',
      reason: `TypeScript is not installed in ${folder}: npm install --save-dev typescript`,
    };
  const scratch = await mkdtemp(join(tmpdir(), 'headwater-check-'));
  try {
    const project = join(scratch, 'tsconfig.json');
    await writeFile(project, JSON.stringify(projectOf(folder, files)));
    const output = await run(compiler, ['-p', project, '--noEmit', '--pretty', 'false'], folder, signal);
    const errors = readErrors(output.text, folder);
    const known = new Set(files.map((file) => relative(folder, file)));
    const ours = errors.filter(({ file }) => known.has(file));
    if (output.code !== 0 && errors.length === 0)
      return {
        status: 'not-checked',
        reason: `tsc: ${output.text.trim().split('\n')[0] ?? `exit code ${output.code}`}`,
      };
    return { status: 'checked', files: files.length, errors: ours };
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

/** The project's settings over the registered files alone; strict ones where the project has none. */
function projectOf(folder: string, files: readonly string[]): object {
  const above = nearest(folder, 'tsconfig.json') ?? nearest(folder, 'tsconfig.base.json');
  const own = {
    noEmit: true,
    incremental: false,
    composite: false,
    skipLibCheck: true,
    typeRoots: typeRoots(folder),
  };
  const plain = { strict: true, target: 'es2024', module: 'nodenext', allowImportingTsExtensions: true };
  return above
    ? { extends: above, compilerOptions: own, files, include: [] }
    : { compilerOptions: { ...plain, ...own }, files };
}

function nearest(folder: string, name: string): string | undefined {
  const here = join(folder, name);
  if (existsSync(here)) return here;
  const above = dirname(folder);
  return above === folder ? undefined : nearest(above, name);
}

/** Where `types` of the settings are looked up: they are relative to the settings' own file, and ours is elsewhere. */
function typeRoots(folder: string): string[] {
  const own = join(folder, 'node_modules', '@types');
  const above = dirname(folder);
  return [...(existsSync(own) ? [own] : []), ...(above === folder ? [] : typeRoots(above))];
}

function run(
  script: string,
  args: readonly string[],
  cwd: string,
  signal: AbortSignal,
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

const errorLine = /^(.+?)\((\d+),(\d+)\): error (TS\d+): (.*)$/;

/** What TypeScript says below an error that only tells that no overload fits: which value did not, and what it is called. */
const misfit = /^\s+((?:Argument|Type|Property|Object literal) .{0,200})/;

function readErrors(text: string, folder: string): QueryError[] {
  return text.split(/\r?\n(?=\S)/).flatMap((block) => {
    const [line = '', ...below] = block.split(/\r?\n/);
    const [, file, row, column, code, message] = errorLine.exec(line) ?? [];
    if (file === undefined || code === undefined || message === undefined) return [];
    const path = relative(folder, resolve(folder, file));
    const [, why] = below.map((one) => misfit.exec(one)).find((found) => found !== null) ?? [];
    const words = why === undefined ? message : `${message} ${why}`;
    return [{ file: path, line: Number(row), column: Number(column), code, message: words }];
  });
}
