import { quarantineName, quoteName, quoteText } from '@headwater/core';
import { arrowIpc, arrowStream, closeLake, sql } from '@headwater/queries';
import { defineCommand } from '../command/command.ts';
import { text, whole } from '../command/option.ts';
import { openLake } from '../config/open-lake.ts';
import { lakeOptions } from '../config/target.ts';
import { plainCell } from '../output/cell-text.ts';
import type { Result } from '../output/result.ts';
import { askedFormat, giveResult, resultOptions } from '../output/result-output.ts';

/** Rows of a table for people, when no other number is asked for. */
const shownRows = 20;

/** `headwater etl quarantine` */
export const etlQuarantine = defineCommand({
  name: 'etl quarantine',
  description:
    'Shows the rows that loads refused: the file and the line they came from, the reasons, the values that were at fault, and the row as it was. In headwater sql they ' +
    'are the table <table>__quarantine. Mend the definition and use headwater etl replay, or mend the rows and load them as a file of their own.',
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
    const limit = options.limit ?? (format === 'table' && options.out === undefined ? shownRows : undefined);
    const { lake, table } = await openLake({ ...options, engine: 'duckdb', 'max-scan': undefined });
    const statement = refusedRows(table.name, options.reason, limit);
    try {
      const { columns, batches } = await sql(lake, statement, { signal });
      const query = { sql: statement, parameters: [] };
      const result: Result = {
        columns: columns.map(({ name }) => name),
        batches,
        ipc: () => arrowIpc(lake, query, { signal }),
        arrow: () => arrowStream(lake, query, { signal }),
        cell: plainCell,
      };
      await giveResult(result, options, console);
    } finally {
      await closeLake(lake);
    }
    return true;
  },
});

/** Reasons in one text, in the words of a load's report. Rows of Parquet have no text of their own: their record is shown. */
function refusedRows(table: string, reason: string | undefined, limit: number | undefined): string {
  const reasons = `list_transform(reasons, lambda one: coalesce(one."column", 'line') || ':' || one.code)`;
  const values = `list_transform(list_filter(reasons, lambda one: one."column" IS NOT NULL), lambda one: record[one."column"])`;
  return [
    `SELECT source, line, array_to_string(${reasons}, ' ') AS reasons, array_to_string(${values}, ' ') AS found, coalesce(raw, CAST(to_json(record) AS VARCHAR)) AS raw`,
    `FROM ${quoteName(quarantineName(table))}`,
    ...(reason === undefined ? [] : [`WHERE list_contains(${reasons}, ${quoteText(reason)})`]),
    'ORDER BY dt, run_id, source, line',
    ...(limit === undefined ? [] : [`LIMIT ${limit}`]),
  ].join(' ');
}
