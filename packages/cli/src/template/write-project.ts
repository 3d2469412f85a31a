import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { HeadwaterError } from '@headwater/core';
import { ownCommand } from '../output/own-command.ts';
import { shellWord } from '../output/shell-word.ts';
import { linkToClone } from './link-to-clone.ts';
import { projectManifest } from './project-manifest.ts';

const configText = `import { defineConfig } from '@headwater/cli';
import { clickstream } from './clickstream.ts';

export default defineConfig({ tables: [clickstream], lake: './lake' });
`;
/** For code that Node runs without a build, checked strictly: Node strips the types, and imports name the .ts files. */
const typescript = {
  compilerOptions: {
    target: 'es2024',
    module: 'nodenext',
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
  },
};
const ignoreText = 'node_modules/\n.headwater/\nlake/\ncdk.out/\n';
// From the sources, which are published beside what is built from them: its types have to be there.
const tableFile = new URL('../../src/template/clickstream.ts', import.meta.url);

/** A project that was written. */
export interface WrittenProject {
  readonly folder: string;
  readonly written: readonly string[];
  /** Command lines to run next, from the working folder. */
  readonly next: readonly string[];
}

/**
 * Writes a project that runs into a folder, which is made if it is missing. Existing files stay.
 *
 * @param isChecked whether its types are to be checked, so that it depends on TypeScript. Defaults to false
 * @throws HeadwaterError `OUTPUT_EXISTS` when the folder holds a table or a config already
 */
export async function writeProject(given: string, isChecked = false): Promise<WrittenProject> {
  const folder = resolve(given);
  const required = {
    'clickstream.ts': await readFile(tableFile, 'utf8'),
    'headwater.config.ts': configText,
  };
  for (const name of Object.keys(required)) {
    const path = join(folder, name);
    if (existsSync(path)) throw new HeadwaterError('OUTPUT_EXISTS', { path });
  }
  const manifest = await projectManifest(basename(folder), isChecked);
  const files = {
    ...required,
    'package.json': `${JSON.stringify(manifest, null, 2)}\n`,
    'tsconfig.json': `${JSON.stringify(typescript, null, 2)}\n`,
    '.gitignore': ignoreText,
  };
  await mkdir(folder, { recursive: true });
  const isLinked = await linkToClone(folder);
  const written: string[] = [];
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    if (existsSync(path)) continue;
    await writeFile(path, content, { flag: 'wx' });
    written.push(path);
  }
  const hasManifest = written.includes(join(folder, 'package.json'));
  const packages = Object.entries(manifest.dependencies).map(([name, range]) => `${name}@${range}`);
  const place = relative(process.cwd(), folder);
  const install = hasManifest ? 'npm install' : `npm install ${packages.join(' ')}`;
  const command = isLinked ? ownCommand(process.env, import.meta.filename, folder) : 'npx headwater';
  const next = [
    ...(place ? [`cd ${shellWord(place)}`] : []),
    ...(isLinked ? [] : [install]),
    `${command} simulate --events 100k --dirty 2% --out raw.csv`,
    `${command} etl run raw.csv`,
    `${command} query daily-visitors --from 2019-10-01 --to 2019-10-07`,
  ];
  return { folder, written, next };
}
