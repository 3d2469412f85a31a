import type { DuckDBConnection } from '@duckdb/node-api';
import { HeadwaterError } from '@headwater/core';
import { quoteName } from '@headwater/core/internal';
import { answerCell } from './answer-cell.ts';

/**
 * Inserts rows that another engine computed into a table, whose columns they have by name. The values are cast to the types of the columns,
 * and none is changed by it. Rows beyond the memory limit go to disk.
 *
 * @param into the name of the table
 * @throws HeadwaterError `TYPE_UNSUPPORTED`
 */
export async function insertAnswer(
  connection: DuckDBConnection,
  into: string,
  columns: readonly { readonly name: string; readonly type: string }[],
  batches: AsyncIterable<readonly Readonly<Record<string, unknown>>[]>,
): Promise<void> {
  const cells = columns.map((column) => ({ name: column.name, write: answerCell(column) }));
  const given = `${into}_texts`;
  const texts = columns.map((_, index) => `c${index} VARCHAR`);
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${quoteName(given)} (${texts.join(', ')})`);
  const appender = await connection.createAppender(given, undefined, 'temp');
  try {
    for await (const rows of batches) {
      for (const row of rows) {
        for (const { name, write } of cells) {
          const value = row[name];
          if (value === undefined)
            throw new HeadwaterError('TYPE_UNSUPPORTED', {
              target: 'a rollup',
              kind: 'an answer without this column',
              column: name,
              fix: 'Write this rollup with DuckDB: `headwater lake rollups --refresh` without --engine',
            });
          const text = write(value);
          if (text === null) appender.appendNull();
          else appender.appendVarchar(text);
        }
        appender.endRow();
      }
    }
    appender.flushSync();
  } finally {
    appender.closeSync();
  }
  const cast = columns.map(({ type }, index) => `CAST(c${index} AS ${type})`);
  await connection.run(`INSERT INTO ${quoteName(into)} SELECT ${cast.join(', ')} FROM ${quoteName(given)}`);
  await connection.run(`DROP TABLE ${quoteName(given)}`);
}
