import { relative } from 'node:path';
import { defineCommand } from '../command-line/command.ts';
import { choice } from '../command-line/option.ts';
import { ciServices, writeCi } from '../template/write-ci.ts';
import { writeProject } from '../template/write-project.ts';

/** `headwater init` */
export const init = defineCommand({
  name: 'init',
  description:
    'Creates a project that runs: a table of shop events to adapt, a config, a package.json and a tsconfig.json. With --ci github it ' +
    'also writes workflows of GitHub Actions that check pull requests and deploy from main; in a folder with a project, only those. ' +
    'Existing files are never overwritten.',
  words: { usage: '[dir]', least: 0, most: 1 },
  options: {
    ci: choice('SERVICE', ciServices, 'Write workflows that check pull requests, and deploy from main'),
  },
  examples: [
    ['init my-shop', 'In a new folder'],
    ['init', 'In this folder'],
    ['init --ci github', 'With workflows; in a folder with a project, the workflows alone'],
  ],
  run: async ({ words: [folder = '.'], options: { ci } }) => ({
    data: ci === undefined ? await writeProject(folder) : await writeCi(folder),
  }),
  async print({ data: { written, next } }, console) {
    for (const path of written)
      await console.print(`${console.style('green', 'wrote')} ${relative(process.cwd(), path)}`);
    if (written.length === 0) await console.print(console.style('dim', 'Every file is there already.'));
    await console.print(`\n${console.style('bold', 'Next')}`);
    for (const line of next) await console.print(`  ${line}`);
  },
});
