import { mkdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type LoadReport, lakeStatus, loadEvents } from '@headwater/etl';
import { simulateToFile } from '@headwater/simulator';
import { defineCommand } from '../command-line/command.ts';
import { whole } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { tableOptions } from '../config/target.ts';
import { type Answer, answerText, askPanels } from '../demo/ask-panels.ts';
import { demoTarget } from '../demo/demo-target.ts';
import { nextCommands } from '../demo/next-commands.ts';
import type { Console } from '../output/console.ts';
import { durationText, grouped } from '../output/figures.ts';
import { loadProgress } from '../output/load-progress.ts';
import { printLoadReport } from '../output/load-summary.ts';
import { createProgress } from '../output/progress.ts';

const folder = join('.headwater', 'demo');
const simulated = { days: 7, start: '2019-10-01', seed: 1, dirty: 0.02 };

/** `headwater demo` */
export const demo = defineCommand({
  name: 'demo',
  description:
    'Shows all of it at once: simulates a week of a shop with some dirt in it, or takes your own files, loads them into a lake in ' +
    `${folder}, accounts for every row, and asks the main questions.`,
  words: { usage: '[file...]', least: 0, most: Number.POSITIVE_INFINITY },
  options: {
    events: whole('N', 'How many events to simulate; 1M when not given', 1),
    ...tableOptions,
  },
  examples: [
    ['demo', 'A week of a million simulated events'],
    ['demo events.csv', 'The same questions of your own file'],
  ],
  async run({ words, options, console, signal }) {
    const isOwnFiles = words.length > 0;
    if (isOwnFiles && options.events !== undefined)
      throw new UsageError(
        '--events is for simulated events; with files of your own there is nothing to simulate.',
      );
    const lake = join(folder, 'lake');
    const { table, options: found } = await demoTarget(folder, isOwnFiles, options);
    // What an earlier demo left would make this load skip its input.
    await rm(lake, { recursive: true, force: true });
    const say = async (line: string): Promise<void> => (options.json ? undefined : console.print(line));
    const inputs = isOwnFiles
      ? words
      : [await simulateWeek(options.events ?? 1_000_000, console, options.json, signal)];
    await say(console.style('bold', `\nLoading ${inputs.join(', ')}`));
    const progress = loadProgress(console, options.json);
    const load = await loadEvents({
      table,
      lake,
      inputs,
      stdin: process.stdin,
      onProgress: progress.update,
      signal,
    }).finally(() => progress.end());
    if (!options.json) await printLoadReport(console, load);
    const { days } = await lakeStatus({ table, lake });
    if (!days) {
      await say(
        console.style('yellow', '\nNo row came through, so there is nothing to ask. The reasons are above.'),
      );
      if (options.json) await console.json({ load, answers: [], next: [] });
      return false;
    }
    const { first: from, last: to } = days;
    await say(`\n${console.style('bold', 'Asking')} ${from} to ${to}`);
    const asking = performance.now();
    const answers: Answer[] = [];
    for await (const answer of askPanels({ table, lake, from, to, signal })) {
      answers.push(answer);
      await say(`\n${answerText(answer, console).trimEnd()}`);
    }
    const seconds = (performance.now() - asking) / 1000;
    const next = nextCommands({ table: table.name, lake, from, to, options: found });
    if (options.json) await console.json(demoJson(load, answers, next));
    else {
      await say(console.style('dim', `\n${grouped(answers.length)} answers in ${durationText(seconds)}`));
      await say(`\n${console.style('bold', 'Try next')}`);
      for (const line of next) await say(`  ${line}`);
    }
    return true;
  },
});

async function simulateWeek(
  events: number,
  console: Console,
  isQuiet: boolean,
  signal: AbortSignal,
): Promise<string> {
  const out = join(folder, 'events.csv');
  await mkdir(folder, { recursive: true });
  if (!isQuiet)
    await console.print(
      `${console.style('bold', 'Simulating')} ${simulated.days} days of a shop, 2% of the rows damaged`,
    );
  const started = performance.now();
  const progress = createProgress(console, isQuiet);
  const report = await simulateToFile({
    ...simulated,
    events,
    out,
    onProgress: ({ rows }) => progress.update({ doing: 'simulating', fraction: rows / events, rows }),
    signal,
  }).finally(() => progress.end());
  const { sessions } = report;
  if (!isQuiet) {
    const took = durationText((performance.now() - started) / 1000);
    await console.print(
      `${grouped(report.rows)} events of ${grouped(sessions.visitors + sessions.buyers)} sessions in ${took}`,
    );
  }
  return relative(process.cwd(), out);
}

const demoJson = (load: LoadReport, answers: readonly Answer[], next: readonly string[]) => ({
  load,
  answers: answers.map(({ panel, parameters, rows }) => ({
    metric: panel.metric,
    parameters,
    rows: rows ?? null,
  })),
  next,
});
