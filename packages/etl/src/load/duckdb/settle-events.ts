import type { DuckDBConnection } from '@duckdb/node-api';
import type { TableSchema } from '@headwater/core';
import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import { committedOrder, replacesSql, sameKey, stagedKey, stagedOrder } from './event-order.ts';
import { stagedValues } from './staging-table.ts';
import { createTable, type Settled } from './without-duplicates.ts';

/**
 * Takes duplicates out of one folder's rows where the duplicate key is not the whole row. Rows whose key hash is unique
 * cannot be duplicates; only the others are compared. A row that is in the lake leaves only for a new row that replaces it.
 *
 * @param source a relation in SQL: the clean values, their `rowHashes`, `input` (-1 for rows in the lake), and `place` in the
 *   order of loads
 */
export async function settleEvents(
  connection: DuckDBConnection,
  schema: TableSchema,
  source: string,
): Promise<Settled> {
  const columns = `${stagedValues(schema)}, row_hash, input`;
  const repeated = await createTable(
    connection,
    'repeated',
    `SELECT key_hash FROM ${source} GROUP BY key_hash HAVING count(*) > 1 AND max(input) >= 0`,
  );
  if (repeated === 0)
    return { rows: `SELECT ${columns} FROM ${source}`, duplicates: new Map(), replaces: false };
  const key = stagedKey(schema);
  await connection.run(`
    CREATE OR REPLACE TEMP TABLE candidates AS SELECT * FROM ${source} SEMI JOIN repeated USING (key_hash);
    CREATE OR REPLACE TEMP TABLE winners AS
      SELECT DISTINCT ON (${key}) rowid AS nr, * FROM candidates WHERE input >= 0 ORDER BY ${stagedOrder(schema, 'place')};
    CREATE OR REPLACE TEMP TABLE committed AS
      SELECT DISTINCT ON (${key}) rowid AS nr, * FROM candidates WHERE input < 0 ORDER BY ${committedOrder(schema)};
    CREATE OR REPLACE TEMP TABLE outcomes AS
      SELECT w.nr, w.input, c.nr AS replaced, c.nr IS NULL OR ${replacesSql(schema, 'w', 'c')} AS stays
      FROM winners w LEFT JOIN committed c ON ${sameKey(schema, 'w', 'c')};
    CREATE OR REPLACE TEMP TABLE survivors AS
      SELECT * FROM candidates WHERE CASE WHEN input < 0
        THEN rowid NOT IN (SELECT replaced FROM outcomes WHERE stays AND replaced IS NOT NULL)
        ELSE rowid IN (SELECT nr FROM outcomes WHERE stays) END`);
  const lost = await rowsOf(
    connection,
    `SELECT input, sum(rows)::BIGINT AS rows FROM (
      SELECT input, count(*) AS rows FROM candidates WHERE input >= 0 GROUP BY input
      UNION ALL SELECT input, count(replaced) - count(*) AS rows FROM outcomes WHERE stays GROUP BY input)
    GROUP BY input HAVING sum(rows) > 0`,
  );
  const [replaced] = await rowsOf(
    connection,
    'SELECT count(replaced) AS rows FROM outcomes WHERE stays AND replaced IS NOT NULL',
  );
  return {
    rows: `SELECT ${columns} FROM ${source} ANTI JOIN repeated USING (key_hash)
      UNION ALL SELECT ${columns} FROM survivors`,
    duplicates: new Map(lost.map((row) => [Number(row['input']), countOf(row['rows'])])),
    replaces: countOf(replaced?.['rows']) > 0,
  };
}
