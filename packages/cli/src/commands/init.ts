import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { HeadwaterError } from '@headwater/core';
import { defineCommand } from '../command-line/command.ts';
import { projectManifest } from '../template/project-manifest.ts';

const configText = `import { defineConfig } from '@headwater/cli';
import { clickstream } from './clickstream.ts';

export default defineConfig({ tables: [clickstream], lake: './lake' });
`;
/** What Node runs as it stands, checked strictly: types are stripped, and files import each other by their own names. */
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
const ignoreText = 'node_modules/\n.headwater/\nlake/\n';
// Published with the sources, so that the text with its types is there too.
const tableFile = new URL('../../src/template/clickstream.ts', import.meta.url);

/** `headwater init` */
export const init = defineCommand({
  name: 'init',
  description:
    'Starts a project that runs: a table of shop events to change into yours, a config, a package.json and a tsconfig.json. ' +
    'Files that are there already are never written over.',
  words: { usage: '[dir]', least: 0, most: 1 },
  options: {},
  examples: [
    ['init my-shop', 'In a new folder'],
    ['init', 'Here'],
  ],
  async run({ words, options, console }) {
    const folder = resolve(words[0] ?? '.');
    const required = {
      'clickstream.ts': await readFile(tableFile, 'utf8'),
      'headwater.config.ts': configText,
    };
    for (const name of Object.keys(required)) {
      const path = join(folder, name);
      if (existsSync(path)) throw new HeadwaterError('OUTPUT_EXISTS', { path });
    }
    const manifest = await projectManifest(basename(folder));
    const files = {
      ...required,
      'package.json': `${JSON.stringify(manifest, null, 2)}\n`,
      'tsconfig.json': `${JSON.stringify(typescript, null, 2)}\n`,
      '.gitignore': ignoreText,
    };
    await mkdir(folder, { recursive: true });
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
    const next = [
      ...(place ? [`cd ${place}`] : []),
      hasManifest ? 'npm install' : `npm install ${packages.join(' ')}`,
      'npx headwater simulate --events 100k --dirty 2% --out raw.csv',
      'npx headwater etl run raw.csv',
      'npx headwater query daily-visitors --from 2019-10-01 --to 2019-10-07',
    ];
    if (options.json) {
      await console.json({ folder, written, next });
      return true;
    }
    for (const path of written)
      await console.print(`${console.style('green', 'wrote')} ${relative(process.cwd(), path)}`);
    await console.print(`\n${console.style('bold', 'Next')}`);
    for (const line of next) await console.print(`  ${line}`);
    return true;
  },
});
