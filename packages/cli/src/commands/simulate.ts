import { type SimulationReport, simulateToFile, simulationFormats } from '@headwater/simulator';
import { defineCommand } from '../command-line/command.ts';
import { choice, share, text, whole } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import type { Console } from '../output/console.ts';
import { byteText, grouped, percent } from '../output/figures.ts';
import { createProgress } from '../output/progress.ts';

/** `headwater simulate` */
export const simulate = defineCommand({
  name: 'simulate',
  description:
    'Writes the events of simulated shoppers to a file: views, carts, removals and purchases in sessions, with the daily and ' +
    'weekly rhythm of a shop. The same options and seed give the same rows on any machine, byte for byte once unpacked.',
  options: {
    out: text('FILE', 'Where to: .csv, .jsonl or .parquet, also .gz or .zst; - is standard output'),
    events: whole('N', 'How many rows, exactly; 100k when not given', 1),
    days: whole('N', 'How many days; 7 when not given', 1),
    start: text('DATE', 'First day, YYYY-MM-DD; 2019-10-01 when not given'),
    seed: whole('N', 'Another seed, other shoppers; 1 when not given', Number.MIN_SAFE_INTEGER),
    format: choice('FORMAT', simulationFormats, "What to write, when the file's name does not say"),
    dirty: share('SHARE', 'Share of rows to damage, such as 2%'),
    bots: share('SHARE', 'Share of rows that bots write, such as 5%'),
    labels: text('FILE', 'A CSV file that names the sessions of bots'),
  },
  examples: [
    ['simulate --events 1M --days 7 --out events.csv.gz', 'A week of a million events'],
    [
      'simulate --events 100k --dirty 2% --bots 5% --labels bots.csv --out events.csv',
      'Dirt and bots, with the truth beside',
    ],
    ['simulate --events 20k --out - | headwater etl run - --lake ./lake', 'Straight into a lake'],
  ],
  async run({ options, console, signal }) {
    const { out, labels, bots, dirty, format } = options;
    if (out === undefined)
      throw new UsageError('headwater simulate needs --out FILE, or --out - for standard output.');
    if (out === '-' && options.json)
      throw new UsageError('--json and --out - would both write to standard output; give --out a file.');
    const progress = createProgress(console, options.json);
    const report = await simulateToFile({
      events: options.events ?? 100_000,
      days: options.days ?? 7,
      start: options.start ?? '2019-10-01',
      seed: options.seed ?? 1,
      out,
      ...(format ? { format } : {}),
      ...(dirty === undefined ? {} : { dirty }),
      ...(bots === undefined ? {} : { bots }),
      ...(labels === undefined ? {} : { labelsOut: labels }),
      onProgress: ({ rows, events }) =>
        progress.update({ doing: 'simulating', fraction: rows / events, rows }),
      signal,
    }).finally(() => progress.end());
    if (options.json) await console.json(report);
    else if (out !== '-') await printReport(console, report);
    return true;
  },
});

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
  await console.print(
    `sessions ${grouped(visitors + buyers + bots)}${bots ? `, ${grouped(bots)} of them by bots` : ''}`,
  );
  if (dirt.legal + dirt.illegal > 0)
    await console.print(
      `damaged rows ${grouped(dirt.legal + dirt.illegal)}, of which a load can repair ${grouped(dirt.legal)}`,
    );
}
