import { relative } from 'node:path';
import { defineCommand } from '../command-line/command.ts';
import { writeProject } from '../template/write-project.ts';

/** `headwater init` */
export const init = defineCommand({
  name: 'init',
  description:
    'Creates a project that runs: a table of shop events to adapt, a config, a package.json and a tsconfig.json. Existing files ' +
    'are never overwritten.',
  words: { usage: '[dir]', least: 0, most: 1 },
  options: {},
  examples: [
    ['init my-shop', 'In a new folder'],
    ['init', 'In this folder'],
  ],
  run: async ({ words: [folder = '.'] }) => ({ data: await writeProject(folder) }),
  async print({ data: { written, next } }, console) {
    for (const path of written)
      await console.print(`${console.style('green', 'wrote')} ${relative(process.cwd(), path)}`);
    await console.print(`\n${console.style('bold', 'Next')}`);
    for (const line of next) await console.print(`  ${line}`);
  },
});
