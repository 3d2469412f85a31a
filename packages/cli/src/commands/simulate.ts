import { stat } from 'node:fs/promises';
import {
  attackLevels,
  attackPurposes,
  type SimulationReport,
  simulateToFile,
  simulationFormats,
} from '@headwater/simulator';
import { defineCommand } from '../command-line/command.ts';
import { choice, flag, share, text, whole, withDefault } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import type { Console } from '../output/console.ts';
import { byteText, grouped, percent } from '../output/figures.ts';

/** `headwater simulate` */
export const simulate = defineCommand({
  name: 'simulate',
  description:
    'Writes the events of simulated shoppers to a file: views, carts, removals and purchases in sessions, with the daily and ' +
    'weekly rhythm of a shop. The same options and seed give the same rows on any machine, byte for byte before compression.',
  options: {
    out: text('FILE', 'The file: .csv, .jsonl or .parquet, also with .gz or .zst; - is standard output'),
    events: withDefault(whole('N', 'Exact number of rows', { least: 1 }), 100_000, '100k'),
    days: withDefault(whole('N', 'Number of days', { least: 1 }), 7),
    start: withDefault(text('DATE', 'First day, YYYY-MM-DD'), '2019-10-01'),
    seed: withDefault(whole('N', 'Seed of the random numbers', { least: Number.MIN_SAFE_INTEGER }), 1),
    format: choice('FORMAT', simulationFormats, 'Format of the file', { default: 'by its name' }),
    dirty: share('SHARE', 'Share of rows to damage, such as 2%'),
    bots: share('SHARE', 'Share of rows that bots write, such as 5%'),
    attacks: choice('LEVEL', attackLevels, 'Add labelled attackers and look-alikes, how near to shoppers'),
    purpose: choice('PURPOSE', attackPurposes, 'Seeds to tune a detector with, or to report on it', {
      default: 'tune',
    }),
    labels: text('FILE', 'Write the sessions of bots to this CSV file; with --attacks, JSON Lines'),
    force: flag('Overwrite existing files'),
  },
  examples: [
    ['simulate --events 1M --days 7 --out events.csv.gz', 'A week of a million events'],
    [
      'simulate --events 100k --dirty 2% --bots 5% --labels bots.csv --out events.csv',
      'Damaged rows and bots, with labels for the bots',
    ],
    [
      'simulate --events 400k --attacks medium --labels labels.jsonl --out events.csv.gz',
      'Attackers and look-alikes, with their ground truth',
    ],
    ['simulate --events 20k --out - | headwater etl run - --lake ./lake', 'Straight into a lake'],
  ],
  async run({ options, signal, onProgress }) {
    const { out, events, days, start, seed, labels, bots, dirty, format, attacks, purpose } = options;
    if (out === undefined)
      throw new UsageError('headwater simulate needs --out FILE, or --out - for standard output.');
    if (out === '-' && options.json)
      throw new UsageError('--json and --out - would both write to standard output: give --out a file.');
    if (purpose && !attacks) throw new UsageError('--purpose needs --attacks LEVEL.');
    if (!options.force) for (const path of [out, labels]) await assertNew(path);
    const report = await simulateToFile({
      events,
      days,
      start,
      seed,
      out,
      ...(format ? { format } : {}),
      ...(dirty === undefined ? {} : { dirty }),
      ...(bots === undefined ? {} : { bots }),
      ...(attacks ? { attacks: { level: attacks, ...(purpose ? { purpose } : {}) } } : {}),
      ...(labels === undefined ? {} : { labelsOut: labels }),
      onProgress: (done) =>
        onProgress?.({ doing: 'simulating', fraction: done.rows / done.events, rows: done.rows }),
      signal,
    });
    return { data: report };
  },
  print: async ({ data }, console) => {
    if (data.out !== '-') await printReport(console, data);
  },
});

/** Files are not overwritten without being asked to. A pipe or a device is no such file. */
async function assertNew(path: string | undefined): Promise<void> {
  if (path === undefined || path === '-') return;
  const info = await stat(path).catch(() => undefined);
  if (info?.isFile()) throw new UsageError(`${path} exists already. Give --force to overwrite it.`);
}

async function printReport(console: Console, report: SimulationReport): Promise<void> {
  const { rows, bytes, sessions, eventTypes, dirt } = report;
  const share = (part: number): string => percent(part / rows);
  await console.print(`${console.style('bold', report.out)}  ${grouped(rows)} events  ${byteText(bytes)}`);
  await console.print(
    Object.entries(eventTypes)
      .map(([name, count]) => `${name} ${grouped(count)} (${share(count)})`)
      .join('  '),
  );
  const { visitors, buyers, bots } = sessions;
  const cases = Object.values(report.attacks ?? {});
  const scripted = cases.reduce((total, counts) => total + counts.sessions, 0);
  await console.print(
    `sessions ${grouped(visitors + buyers + bots + scripted)}${bots ? `, ${grouped(bots)} of them by bots` : ''}`,
  );
  for (const [name, isAttack] of [
    ['attackers', true],
    ['look-alikes', false],
  ] as const) {
    const own = cases.filter((counts) => counts.isAttack === isAttack);
    const sum = (of: 'cases' | 'rows' | 'actors'): string =>
      grouped(own.reduce((total, counts) => total + counts[of], 0));
    if (own.length > 0)
      await console.print(
        `${name} ${sum('cases')} cases of ${own.length} kinds, ${sum('actors')} actors, ${sum('rows')} rows`,
      );
  }
  if (dirt.legal + dirt.illegal > 0)
    await console.print(
      `damaged rows ${grouped(dirt.legal + dirt.illegal)}, of which a load can repair ${grouped(dirt.legal)}`,
    );
}
