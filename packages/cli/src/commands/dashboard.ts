import type { Comparison, Report } from '@headwater/dashboard';
import type { Answer } from '../answer/answer.ts';
import { defineCommand } from '../command-line/command.ts';
import { choice, text, withDefault } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { lakeRange } from '../config/lake-days.ts';
import { answerOf, engineOptions, openLake } from '../config/open-lake.ts';
import { byteText, counted, durationText } from '../output/figures.ts';
import { writeWholeFile } from '../output/whole-file.ts';

/** As the package has them; named here so that the help of the command loads no charts. */
const comparisons = ['period', 'weekdays', 'year', 'none'] as const satisfies readonly (
  | Comparison
  | 'none'
)[];

const options = {
  out: text('FILE', 'Write the report to this file: one HTML file that opens from disk'),
  from: text('DATE', 'First day, YYYY-MM-DD', { default: 'six days before the last' }),
  to: text('DATE', 'Last day, inclusive, YYYY-MM-DD', { default: 'the last day of the lake' }),
  compare: withDefault(
    choice(
      'WITH',
      comparisons,
      'Compare with the days right before (period), earlier by whole weeks (weekdays), or the same dates a year before (year)',
    ),
    'period',
  ),
  ...engineOptions,
};

interface DashboardAnswer extends Answer {
  readonly data: Pick<Report, 'figures' | 'charts' | 'leftOut'> & {
    readonly out: string;
    readonly bytes: number;
    readonly from: string;
    readonly to: string;
    readonly seconds: number;
  };
}

/** Names of engines for people who read a report. */
const sources = {
  duckdb: 'DuckDB on this computer',
  trino: 'Trino',
  athena: 'Athena',
  postgres: 'PostgreSQL',
  redshift: 'Redshift',
} as const;

/** `headwater dashboard` */
export const dashboard = defineCommand<typeof options, DashboardAnswer>({
  name: 'dashboard',
  description:
    'Writes a report of a table: visitors, revenue, conversion, abandoned carts, what sells, how far sessions come, when shoppers come and who comes back, ' +
    'each compared with earlier days. Every chart has its table, its definition and its SQL. The file loads nothing and runs no script.',
  options,
  examples: [
    ['dashboard --out report.html', 'The last seven days of the lake'],
    [
      'dashboard --out october.html --from 2019-10-01 --to 2019-10-31 --compare weekdays',
      'A month, each weekday beside the same weekday',
    ],
  ],
  async run({ options: given, signal }) {
    const { out, compare } = given;
    if (out === undefined)
      throw new UsageError('headwater dashboard needs --out FILE, such as --out report.html.');
    for (const name of ['from', 'to'] as const)
      if (given[name] !== undefined && !isDay(given[name]))
        throw new UsageError(`--${name} ${given[name]}: expected a day, such as 2019-10-01.`);
    const started = performance.now();
    const opened = await openLake(given);
    return answerOf(opened, async () => {
      const { lake, location, table, config, engine } = opened;
      if (!engine.runsQueries) throw new UsageError(`--engine ${engine.name} writes queries and runs none.`);
      const found = await lakeRange(location, table.name, config.aws);
      const to = given.to ?? found?.to;
      if (to === undefined)
        throw new UsageError('The lake holds no events. Load some, or give --from and --to.');
      const from = given.from ?? sixDaysBefore(to);
      if (from > to) throw new UsageError(`--from ${from} is after --to ${to}.`);
      // Charts are loaded by this command alone.
      const { createReport } = await import('@headwater/dashboard');
      const { html, ...report } = await createReport({
        lake,
        schema: table.schema,
        range: { from, to },
        days: found ?? { from, to },
        comparison: compare === 'none' ? undefined : compare,
        source: sources[engine.name],
        madeAt: new Date(),
        signal,
      });
      const bytes = await writeWholeFile(out, undefined, (write) => write(html));
      return { data: { out, bytes, from, to, ...report, seconds: (performance.now() - started) / 1000 } };
    });
  },
  async print({ data }, console) {
    const { out, bytes, from, to, figures, charts, leftOut, seconds } = data;
    await console.print(
      `${console.style('green', 'wrote')} ${out}: ${counted(figures, 'figure')} and ${counted(charts, 'chart')} of ${from} to ${to}, ` +
        `${byteText(bytes)}, ${durationText(seconds)}`,
    );
    if (leftOut.length > 0)
      await console.print(console.style('dim', `The table lacks columns for: ${leftOut.join(', ')}`));
  },
});

const isDay = (day: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(day) &&
  !Number.isNaN(Date.parse(day)) &&
  new Date(day).toISOString().startsWith(day);

const sixDaysBefore = (day: string): string =>
  new Date(Date.parse(day) - 6 * 86_400_000).toISOString().slice(0, 10);
