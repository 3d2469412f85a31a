import { defineCommand } from '../command-line/command.ts';
import { flag, whole } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { tableOptions } from '../config/chosen-lake.ts';
import { printDemo, printDemoPart } from '../demo/print-demo.ts';
import { type DemoAnswer, type DemoPart, demoFolder, runDemo } from '../demo/run-demo.ts';
import type { LiveDemoAnswer, LiveDemoPart } from '../demo/run-live-demo.ts';
import type { Console } from '../output/console.ts';

const isLive = (part: DemoPart | LiveDemoPart): part is LiveDemoPart =>
  part.kind === 'streaming' || part.kind === 'moment' || part.kind === 'streamed';

/** `headwater demo` */
export const demo = defineCommand({
  name: 'demo',
  description:
    'Shows the whole pipeline: simulates a week of a shop, with some damaged rows, or takes your own files, loads them into a ' +
    `lake in ${demoFolder}, accounts for every row, and asks the main questions. With --live it streams two days of the shop in a minute instead, with attackers, and shows who is found and when.`,
  words: { usage: '[file...]', least: 0, most: Number.POSITIVE_INFINITY },
  options: {
    live: flag('Stream two days of the shop, and watch who attacks it'),
    events: whole('N', 'Number of events to simulate', { least: 1, default: '1M; 40k with --live' }),
    ...tableOptions,
  },
  examples: [
    ['demo', 'A week of a million simulated events'],
    ['demo --live', 'Two days of a shop in a minute, with attackers'],
    ['demo events.csv', 'The same questions about your own file'],
  ],
  async run({ words: files, options, ...call }): Promise<DemoAnswer | LiveDemoAnswer> {
    const { config, table, live } = options;
    if (files.length > 0 && options.events !== undefined)
      throw new UsageError('--events is for simulated events: leave it out, or leave out the files.');
    if (live && files.length > 0)
      throw new UsageError('--live streams simulated events. For a file: headwater stream run --input FILE.');
    if (!live) return runDemo({ ...call, files, events: options.events ?? 1_000_000, config, table });
    const { runLiveDemo } = await import('../demo/run-live-demo.ts');
    return runLiveDemo({ ...call, events: options.events ?? 40_000, config, table });
  },
  async printPart(part: DemoPart | LiveDemoPart, console: Console) {
    if (!isLive(part)) return printDemoPart(part, console);
    const { printLiveDemoPart } = await import('../demo/print-live-demo.ts');
    return printLiveDemoPart(part, console);
  },
  async print(answer: DemoAnswer | LiveDemoAnswer, console: Console) {
    if (!('run' in answer.data)) return printDemo(answer as DemoAnswer, console);
    const { printLiveDemo } = await import('../demo/print-live-demo.ts');
    return printLiveDemo(answer as LiveDemoAnswer, console);
  },
});
