import { type DiscardReport, discardQuarantine, lakeStatus, openLocalQuarantine } from '@headwater/etl';
import { type Lake, sql } from '@headwater/queries';
import type { Answer, RowsAnswer } from '../answer/answer.ts';
import { type Call, defineCommand } from '../command-line/command.ts';
import { flag, text, whole } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { chosenLake, lakeOptions } from '../config/chosen-lake.ts';
import { answerOf, openLake } from '../config/open-lake.ts';
import { leftoverLines } from '../lake/load-summary.ts';
import { rejectedRows, rejectionReasons } from '../lake/rejected-rows.ts';
import { runOnLake } from '../lake/run-on-lake.ts';
import { runOptions } from '../lake/run-options.ts';
import { counted, grouped } from '../output/figures.ts';
import { isForPeople, rowForm, rowOptions } from '../rows/row-options.ts';
import { statementResult } from '../rows/statement-result.ts';

/** Rows of a table for people, unless --limit says otherwise. */
const shownRows = 20;

const quarantineOptions = {
  reason: text('REASON', 'Only rows rejected for this reason, as loads report it: price:below_minimum'),
  limit: whole('N', 'Maximum number of rows', {
    least: 1,
    default: `${shownRows} in a table for people, all of them otherwise`,
  }),
  discard: flag('Discard the rows for good, all of them or those of --reason, instead of showing them'),
  yes: flag('Discard without asking; required where nobody can be asked'),
  ...rowOptions,
  ...lakeOptions,
  ...runOptions,
};

interface DiscardAnswer extends Answer {
  /** Null when the user did not agree. */
  readonly data: DiscardReport | null;
}

/** `headwater etl quarantine` */
export const etlQuarantine = defineCommand<typeof quarantineOptions, DiscardAnswer>({
  name: 'etl quarantine',
  description:
    'Shows the rows that loads rejected: file and line, the reasons, the rejected values, and the raw row. Formats for programs ' +
    "also have the table's columns as they were read, so that etl run loads the corrected file (as CSV, where columns have paths). Then discard the rejected rows. Or " +
    'correct the definition, and run headwater etl replay. In headwater sql the rows are the table <table>__quarantine.',
  options: quarantineOptions,
  examples: [
    ['etl quarantine --lake ./lake', 'The first rows'],
    [
      'etl quarantine --reason event_time:not_a_timestamp --out rejected.csv',
      'All rows that were rejected for one reason, to be corrected and loaded with etl run',
    ],
    ['etl quarantine --reason event_time:not_a_timestamp --discard', 'Discard them'],
  ],
  run: (call) => (call.options.discard ? discard(call) : show(call)),
  async print({ data }, console) {
    if (!data) return console.print('Nothing was discarded.');
    const { discarded, kept } = data;
    for (const line of leftoverLines(data)) await console.print(console.style('dim', line));
    if (discarded === 0) return console.print('The quarantine is empty: nothing to discard.');
    await console.print(
      `${console.style('green', 'discarded')} ${counted(discarded, 'row')}; ${grouped(kept)} left in the quarantine`,
    );
  },
});

async function show(call: Call<typeof quarantineOptions>): Promise<RowsAnswer> {
  const { options, signal, onProgress } = call;
  // Asked before anything is downloaded.
  rowForm(options);
  const local = await openLocalQuarantine({
    ...(await chosenLake(options)),
    signal,
    onProgress: ({ files, totalFiles }) =>
      onProgress?.({
        doing: `downloading ${files} of ${totalFiles} quarantine files`,
        fraction: files / totalFiles,
      }),
  });
  const remove = async (): Promise<void> => local[Symbol.asyncDispose]();
  try {
    const answer = await rowsOf(call, local.lake);
    return { ...answer, close: () => answer.close().finally(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function rowsOf(
  { options, signal }: Call<typeof quarantineOptions>,
  place: string,
): Promise<RowsAnswer> {
  const { format } = rowForm(options);
  const limit = options.limit ?? (isForPeople(options) ? shownRows : undefined);
  const opened = await openLake({ ...options, lake: place, engine: 'duckdb', 'max-scan': undefined });
  const { lake, table } = opened;
  const { select, from, order } = rejectedRows(table.schema, options.reason, format !== 'table');
  const statement = `${select} ${from} ${order}${limit === undefined ? '' : ` LIMIT ${limit}`}`;
  return answerOf<never>(opened, async () => {
    if (options.reason !== undefined) await assertReason(lake, table.name, options.reason);
    return {
      rows: await statementResult(lake, statement, format, signal),
      async footer() {
        const count = limit === undefined ? 0 : Number(await firstValue(lake, `SELECT count(*) ${from}`));
        return limit !== undefined && count > limit
          ? [`${grouped(limit)} of ${grouped(count)}; --limit shows more, --out FILE.csv writes all`]
          : [];
      },
    };
  });
}

async function discard(call: Call<typeof quarantineOptions>): Promise<DiscardAnswer> {
  const { options, confirm } = call;
  const { reason } = options;
  if (options.out !== undefined)
    throw new UsageError('--discard and --out: write the rows first, and discard them when that has worked.');
  const target = await chosenLake(options);
  if (!options.yes) {
    const { quarantined } = await lakeStatus(target);
    const which = reason === undefined ? '' : `those rejected for ${reason} of `;
    if (!confirm)
      throw new UsageError('Nothing was discarded: there is no terminal to ask on. Give --yes to discard.');
    if (!(await confirm(`Discard ${which}${counted(quarantined, 'quarantined row')} for good?`)))
      return { data: null, exitCode: 1 };
  }
  return {
    data: await runOnLake(call, target, (settings) => discardQuarantine({ ...settings, reason })),
  };
}

/** @throws UsageError for a reason that no row has, with the reasons that there are */
async function assertReason(lake: Lake, table: string, reason: string): Promise<void> {
  const known = String((await firstValue(lake, rejectionReasons(table))) ?? '');
  if (known.split(', ').includes(reason)) return;
  throw new UsageError(
    known === ''
      ? `--reason ${reason}: the quarantine is empty.`
      : `--reason ${reason}: no row was rejected for it. The reasons are: ${known}.`,
  );
}

async function firstValue(lake: Lake, statement: string): Promise<unknown> {
  for await (const [row] of (await sql(lake, statement)).batches()) return Object.values(row ?? {})[0];
  return undefined;
}
