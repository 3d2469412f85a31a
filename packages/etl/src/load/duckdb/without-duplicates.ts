import type { DuckDBConnection } from '@duckdb/node-api';
import type { TableSchema } from '@headwater/core';
import { isWholeRowKey } from '@headwater/core/internal';
import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import { stagedName, stagedValues } from './staging-table.ts';

/**
 * Takes duplicates out of a relation of staged rows. Rows whose key hash is unique cannot be duplicates, and most are;
 * only the others are compared column by column, so that this costs a fraction of a DISTINCT.
 *
 * @param source a relation in SQL: the clean values, their `rowHashes`, `input`
 * @returns a SELECT of what remains: the clean values, `row_hash`, `input`; and how many rows do not, by input
 */
export async function withoutDuplicates(
  connection: DuckDBConnection,
  schema: TableSchema,
  source: string,
): Promise<{ rows: string; duplicates: ReadonlyMap<number, number> }> {
  const key = isWholeRowKey(schema) ? 'row_hash' : 'key_hash';
  const columns = `${stagedValues(schema)}, row_hash, input`;
  const repeated = await createTable(
    connection,
    'repeated',
    `SELECT ${key} FROM ${source} GROUP BY ${key} HAVING count(*) > 1`,
  );
  if (repeated === 0) return { rows: `SELECT ${columns} FROM ${source}`, duplicates: new Map() };
  const duplicates = await settleRepeated(connection, schema, source, key);
  const rows = `SELECT ${columns} FROM ${source} ANTI JOIN repeated USING (${key})
    UNION ALL SELECT ${columns} FROM survivors`;
  return { rows, duplicates };
}

/** Runs a CREATE TABLE ... AS and gives the number of its rows. */
async function createTable(connection: DuckDBConnection, name: string, select: string): Promise<number> {
  const [created] = await rowsOf(connection, `CREATE OR REPLACE TEMP TABLE ${name} AS ${select}`);
  return countOf(created?.['Count']);
}

/**
 * Compares the rows of repeated hashes column by column. Among equals the first in the order of all columns survives,
 * whatever input it came from: the answer does not depend on the order of loads.
 *
 * @returns rows that did not survive, by input
 */
async function settleRepeated(
  connection: DuckDBConnection,
  schema: TableSchema,
  source: string,
  key: string,
): Promise<Map<number, number>> {
  const equal = schema.duplicateKey.map((name) => stagedName(schema, name)).join(', ');
  await createTable(connection, 'candidates', `SELECT * FROM ${source} SEMI JOIN repeated USING (${key})`);
  await createTable(
    connection,
    'survivors',
    `SELECT DISTINCT ON (${equal}) * FROM candidates ORDER BY ${stagedValues(schema)}, input`,
  );
  const lost = await rowsOf(
    connection,
    `SELECT input, sum(rows)::BIGINT AS rows FROM (
      SELECT input, count(*) AS rows FROM candidates GROUP BY input
      UNION ALL SELECT input, -count(*) AS rows FROM survivors GROUP BY input)
    GROUP BY input HAVING sum(rows) > 0`,
  );
  return new Map(lost.map((row) => [Number(row['input']), countOf(row['rows'])]));
}
