import { quarantineName, quoteName, quoteText } from '@headwater/core/internal';
import { type Lake, sql } from '@headwater/queries';
import { defineCommand } from '../command-line/command.ts';
import { text, whole } from '../command-line/option.ts';
import { answerOf, openLake } from '../config/open-lake.ts';
import { lakeOptions } from '../config/target.ts';
import { grouped } from '../output/figures.ts';
import { isForPeople, rowForm, rowOptions } from '../rows/row-options.ts';
import { statementResult } from '../rows/statement-result.ts';

/** Rows of a table for people, unless --limit says otherwise. */
const shownRows = 20;

/** `headwater etl quarantine` */
export const etlQuarantine = defineCommand({
  name: 'etl quarantine',
  description:
    'Shows the rows that loads rejected: file and line, the reasons, the rejected values, and the raw row. In headwater sql they ' +
    'are the table <table>__quarantine. Correct the definition and run headwater etl replay, or correct the rows and load them ' +
    'as a new file.',
  options: {
    reason: text('REASON', 'Only rows rejected for this reason, as loads report it: price:below_minimum'),
    limit: whole('N', 'Maximum number of rows', {
      least: 1,
      default: `${shownRows} in a table for people, all of them otherwise`,
    }),
    ...rowOptions,
    ...lakeOptions,
  },
  examples: [
    ['etl quarantine --lake ./lake', 'The first rows'],
    [
      'etl quarantine --reason event_time:not_a_timestamp --out rejected.csv',
      'All rows that were rejected for one reason, to a file',
    ],
  ],
  async run({ options, signal }) {
    const { format } = rowForm(options);
    const isShown = isForPeople(options);
    const limit = options.limit ?? (isShown ? shownRows : undefined);
    const opened = await openLake({ ...options, engine: 'duckdb', 'max-scan': undefined });
    const { lake, table } = opened;
    const { select, from } = rejectedRows(table.name, options.reason);
    const statement =
      limit === undefined ? `${select} ${from} ${order}` : `${select} ${from} ${order} LIMIT ${limit}`;
    return answerOf(opened, async () => ({
      rows: await statementResult(lake, statement, format, signal),
      async footer() {
        const count = limit === undefined ? 0 : await countOf(lake, from);
        return limit !== undefined && count > limit
          ? [`${grouped(limit)} of ${grouped(count)}; --limit shows more, --out FILE.csv writes all`]
          : [];
      },
    }));
  },
});

async function countOf(lake: Lake, from: string): Promise<number> {
  const { batches } = await sql(lake, `SELECT count(*) AS n ${from}`);
  for await (const [row] of batches()) return Number(row?.['n']);
  return 0;
}

const order = 'ORDER BY dt, run_id, source, line';

/** Reasons are one text, in the words of a load's report, and so are the values that they are about. */
function rejectedRows(table: string, reason: string | undefined): { select: string; from: string } {
  const reasons = `list_transform(reasons, lambda one: coalesce(one."column", 'line') || ':' || one.code)`;
  const values = `list_transform(list_filter(reasons, lambda one: one."column" IS NOT NULL), lambda one: record[one."column"])`;
  const where = reason === undefined ? '' : ` WHERE list_contains(${reasons}, ${quoteText(reason)})`;
  return {
    select: `SELECT source, line, array_to_string(${reasons}, ' ') AS reasons, array_to_string(${values}, ' ') AS found, raw`,
    from: `FROM ${quoteName(quarantineName(table))}${where}`,
  };
}
