import { defineCommand } from '../command-line/command.ts';
import { whole } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { tableOptions } from '../config/chosen-lake.ts';
import { printDemo, printDemoPart } from '../demo/print-demo.ts';
import { demoFolder, runDemo } from '../demo/run-demo.ts';

/** `headwater demo` */
export const demo = defineCommand({
  name: 'demo',
  description:
    'Shows the whole pipeline: simulates a week of a shop, with some damaged rows, or takes your own files, loads them into a ' +
    `lake in ${demoFolder}, accounts for every row, and asks the main questions.`,
  words: { usage: '[file...]', least: 0, most: Number.POSITIVE_INFINITY },
  options: {
    events: whole('N', 'Number of events to simulate', { least: 1, default: '1M' }),
    ...tableOptions,
  },
  examples: [
    ['demo', 'A week of a million simulated events'],
    ['demo events.csv', 'The same questions about your own file'],
  ],
  async run({ words: files, options, ...call }) {
    if (files.length > 0 && options.events !== undefined)
      throw new UsageError('--events is for simulated events: leave it out, or leave out the files.');
    const { config, table, events = 1_000_000 } = options;
    return runDemo({ ...call, files, events, config, table });
  },
  printPart: printDemoPart,
  print: printDemo,
});
