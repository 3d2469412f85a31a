import { readFile } from 'node:fs/promises';
import type { Comparison, Report } from '@headwater/dashboard';
import { closeLake } from '@headwater/queries';
import type { Answer } from '../answer/answer.ts';
import { defineCommand } from '../command-line/command.ts';
import { choice, text, whole, withDefault } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { answerOf, engineOptions, type OpenedLake, openLake } from '../config/open-lake.ts';
import { dayAlone } from '../dashboard/day-alone.ts';
import { assertRuns, sources } from '../dashboard/engine-sources.ts';
import { openLiveSource } from '../dashboard/live-source.ts';
import { localDays } from '../dashboard/local-days.ts';
import {
  messageOf,
  printServerEvent,
  type ServerEvent,
  serveLake,
  usualPort,
} from '../dashboard/serve-lake.ts';
import { byteText, counted, durationText } from '../output/figures.ts';
import { writeWholeFile } from '../output/whole-file.ts';

/** As the package has them; named here so that the help of the command loads no charts. */
const comparisons = ['period', 'weekdays', 'year', 'none'] as const satisfies readonly (
  | Comparison
  | 'none'
)[];

const options = {
  port: whole('PORT', 'Serve the page on this port; 0 is any free port', {
    least: 0,
    default: String(usualPort),
  }),
  host: text('HOST', 'Serve on this address; other machines need --token-file to be let in', {
    default: '127.0.0.1',
  }),
  'token-file': text('FILE', 'A file with a token of 32 characters or more, which every request needs'),
  live: text(
    'SOURCE',
    'Show a stream that runs beside the lake: the file that `stream run --live FILE` writes, or dynamodb[:TABLE], the table that the Lambda functions write',
  ),
  out: text('FILE', 'Write a report to this file in place of a page: one HTML file that opens from disk'),
  from: text('DATE', 'First day of a report, YYYY-MM-DD', { default: 'six days before the last' }),
  to: text('DATE', 'Last day of a report, inclusive, YYYY-MM-DD', { default: 'the last day of the lake' }),
  compare: withDefault(
    choice(
      'WITH',
      comparisons,
      'Compare a report with the days right before (period), earlier by whole weeks (weekdays), or the same dates a year before (year)',
    ),
    'period',
  ),
  ...engineOptions,
};

interface ReportAnswer extends Answer {
  readonly data: Pick<Report, 'figures' | 'charts' | 'leftOut'> & {
    readonly out: string;
    readonly bytes: number;
    readonly from: string;
    readonly to: string;
    readonly seconds: number;
  };
}

/** What a page that was served leaves: nothing. */
interface ServedAnswer extends Answer {
  readonly data: undefined;
}

/** `headwater dashboard` */
export const dashboard = defineCommand<typeof options, ReportAnswer | ServedAnswer, ServerEvent>({
  name: 'dashboard',
  description:
    'Serves a page of a table on this machine: visitors, revenue, conversion, abandoned carts, what sells, how far sessions come, when shoppers come and who comes back, ' +
    'each compared with earlier days, and filtered by category, brand and item. Every chart has its table, its definition and its SQL. ' +
    'When the page is ready, one line of JSON says where. With --out it writes a report instead: a file that loads nothing and runs no script.',
  options,
  examples: [
    ['dashboard --lake ./lake', 'A page of the lake, at http://127.0.0.1:3742/'],
    ['dashboard --host 0.0.0.0 --token-file token.txt', 'For others in the same network, who need the token'],
    ['dashboard --live live.json', 'With what happens now in `headwater stream run --live live.json`'],
    ['dashboard --live dynamodb', 'With the live sessions and incidents of the functions on AWS'],
    ['dashboard --out report.html', 'The last seven days of the lake'],
    [
      'dashboard --out october.html --from 2019-10-01 --to 2019-10-31 --compare weekdays',
      'A month, each weekday beside the same weekday',
    ],
  ],
  async run({ options: given, signal, onPart }) {
    assertOptions(given);
    const token = await tokenIn(given['token-file']);
    const opened = await openLake(given);
    if (given.out !== undefined) {
      const out = given.out;
      return answerOf(opened, () => writeReport(opened, { ...given, out }, signal));
    }
    try {
      await serve(opened, { ...given, token }, signal, async (event) => onPart?.(event));
    } finally {
      await closeLake(opened.lake, { timeoutSeconds: 5 });
    }
    return { data: undefined };
  },
  printPart: printServerEvent,
  async print({ data }, console) {
    if (!data) return;
    const { out, bytes, from, to, figures, charts, leftOut, seconds } = data;
    await console.print(
      `${console.style('green', 'wrote')} ${out}: ${counted(figures, 'figure')} and ${counted(charts, 'chart')} of ${from} to ${to}, ` +
        `${byteText(bytes)}, ${durationText(seconds)}`,
    );
    if (leftOut.length > 0)
      await console.print(console.style('dim', `The table lacks columns for: ${leftOut.join(', ')}`));
  },
});

interface Given {
  readonly out?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly compare: (typeof comparisons)[number];
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  readonly 'token-file'?: string | undefined;
  readonly live?: string | undefined;
  readonly json?: boolean;
}

/** Refuses options of a report for a page, and those of a page for a report. */
function assertOptions(given: Given): void {
  const { out, json, host, from, to, 'token-file': tokenFile } = given;
  for (const [name, day] of Object.entries({ from, to }))
    if (day !== undefined && !isDay(day))
      throw new UsageError(`--${name} ${day}: expected a day, such as 2019-10-01.`);
  const refuse = (
    names: readonly ('from' | 'to' | 'port' | 'host' | 'token-file' | 'live')[],
    why: string,
  ) => {
    const name = names.find((one) => given[one] !== undefined);
    if (name !== undefined) throw new UsageError(`headwater dashboard --${name} ${why}`);
  };
  if (out !== undefined) {
    refuse(['port', 'host', 'token-file', 'live'], 'is for a page; leave out --out.');
    return;
  }
  refuse(['from', 'to'], 'is for a report: give --out FILE. A page has its days in its address.');
  if (json) throw new UsageError('headwater dashboard --json needs --out FILE: a page ends with no answer.');
  if (host !== undefined && !['127.0.0.1', '::1', 'localhost'].includes(host) && tokenFile === undefined)
    throw new UsageError(
      `--host ${host} needs --token-file: without a token anybody could read the figures.`,
    );
}

async function tokenIn(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new UsageError(`--token-file ${file}: ${error.message}`);
  });
  return text.trim();
}

async function writeReport(
  opened: OpenedLake,
  { out, from: first, to: last, compare }: Given & { readonly out: string },
  signal: AbortSignal,
): Promise<ReportAnswer> {
  const started = performance.now();
  const { lake, table } = opened;
  assertRuns(opened);
  const found = await localDays(opened)();
  const to = last ?? found?.to;
  if (to === undefined) throw new UsageError('The lake holds no events. Load some, or give --from and --to.');
  const from = first ?? sixDaysBefore(to);
  if (from > to) throw new UsageError(`--from ${from} is after --to ${to}.`);
  // Charts are loaded by this command alone.
  const { createReport } = await import('@headwater/dashboard');
  const { html, ...report } = await createReport({
    lake,
    schema: table.schema,
    range: { from, to },
    days: found ?? { from, to },
    comparison: compare === 'none' ? undefined : compare,
    source: sources[opened.engine.name],
    madeAt: new Date(),
    signal,
  });
  const bytes = await writeWholeFile(out, undefined, (write) => write(html));
  return { data: { out, bytes, from, to, ...report, seconds: (performance.now() - started) / 1000 } };
}

async function serve(
  opened: OpenedLake,
  { port, host, token, live: source }: Given & { readonly token: string | undefined },
  signal: AbortSignal,
  tell: (event: ServerEvent) => Promise<void>,
): Promise<void> {
  const live =
    source === undefined
      ? undefined
      : await openLiveSource(source, opened, (error) => {
          void tell({ kind: 'failed', path: `--live ${source}`, message: messageOf(error) });
        });
  try {
    // A stream may be there before the first load.
    const emptyDays = live && (() => dayAlone(new Date()));
    const server = await serveLake(opened, { port, host, token, live: live?.feed, emptyDays, tell });
    const stop = (): void => void server.close();
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    await server.ended;
    signal.removeEventListener('abort', stop);
  } finally {
    live?.close();
  }
}

const isDay = (day: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(day) &&
  !Number.isNaN(Date.parse(day)) &&
  new Date(day).toISOString().startsWith(day);

const sixDaysBefore = (day: string): string =>
  new Date(Date.parse(day) - 6 * 86_400_000).toISOString().slice(0, 10);
