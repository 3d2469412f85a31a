import { quarantineName, quoteName, quoteText } from '@headwater/core/internal';
import { closeLake, type Lake, sql } from '@headwater/queries';
import { defineCommand } from '../command-line/command.ts';
import { text, whole } from '../command-line/option.ts';
import { openLake } from '../config/open-lake.ts';
import { lakeOptions } from '../config/target.ts';
import { grouped } from '../output/figures.ts';
import { askedFormat, giveResult, resultOptions } from '../output/result-output.ts';
import { statementResult } from '../output/statement-result.ts';

/** Rows of a table for people, when no other number is asked for. */
const shownRows = 20;

/** `headwater etl quarantine` */
export const etlQuarantine = defineCommand({
  name: 'etl quarantine',
  description:
    'Shows the rows that loads refused: the file and the line they came from, the reasons, the values that were at fault, and the ' +
    'row as it was. In headwater sql they are the table <table>__quarantine. Mend the definition and use headwater etl replay, or ' +
    'mend the rows and load them as a file of their own.',
  options: {
    reason: text('REASON', 'Only rows refused for this, as loads name it: price:below_minimum'),
    limit: whole('N', `How many rows; ${shownRows} in a table for people, all of them otherwise`, 1),
    ...resultOptions,
    ...lakeOptions,
  },
  examples: [
    ['etl quarantine --lake ./lake', 'The first of them'],
    [
      'etl quarantine --reason event_time:not_a_timestamp --out refused.csv',
      'All that were refused for one reason, to a file',
    ],
  ],
  async run({ options, console, signal }) {
    const format = askedFormat(options, console);
    const isForPeople = format === 'table' && options.out === undefined;
    const limit = options.limit ?? (isForPeople ? shownRows : undefined);
    const { lake, table } = await openLake({ ...options, engine: 'duckdb', 'max-scan': undefined });
    const { select, from } = refusedRows(table.name, options.reason);
    const statement =
      limit === undefined ? `${select} ${from} ${order}` : `${select} ${from} ${order} LIMIT ${limit}`;
    try {
      await giveResult(await statementResult(lake, statement, format, signal), options, console);
      if (!isForPeople || limit === undefined) return true;
      const rows = await countOf(lake, from);
      if (rows > limit)
        await console.print(
          console.style(
            'dim',
            `${grouped(limit)} of ${grouped(rows)}; --limit shows more, --out FILE.csv writes all`,
          ),
        );
    } finally {
      await closeLake(lake);
    }
    return true;
  },
});

async function countOf(lake: Lake, from: string): Promise<number> {
  const { batches } = await sql(lake, `SELECT count(*) AS n ${from}`);
  for await (const [row] of batches()) return Number(row?.['n']);
  return 0;
}

const order = 'ORDER BY dt, run_id, source, line';

/** Reasons are one text, in the words of a load's report, and so are the values that they are about. */
function refusedRows(table: string, reason: string | undefined): { select: string; from: string } {
  const reasons = `list_transform(reasons, lambda one: coalesce(one."column", 'line') || ':' || one.code)`;
  const values = `list_transform(list_filter(reasons, lambda one: one."column" IS NOT NULL), lambda one: record[one."column"])`;
  const where = reason === undefined ? '' : ` WHERE list_contains(${reasons}, ${quoteText(reason)})`;
  return {
    select: `SELECT source, line, array_to_string(${reasons}, ' ') AS reasons, array_to_string(${values}, ' ') AS found, raw`,
    from: `FROM ${quoteName(quarantineName(table))}${where}`,
  };
}
