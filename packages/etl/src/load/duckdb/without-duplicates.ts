import type { DuckDBConnection } from '@duckdb/node-api';
import type { TableSchema } from '@headwater/core';
import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import { stagedValues } from './staging-table.ts';

/** A folder's rows without duplicates. */
export interface Settled {
  /** A SELECT of the rows that remain: the clean values, `row_hash`, `input`. */
  readonly rows: string;
  /** Rows that do not remain, by input; -1 counts rows that were in the lake. */
  readonly duplicates: ReadonlyMap<number, number>;
  /** Whether a row that was in the lake does not remain. */
  readonly replaces: boolean;
}

/**
 * Takes duplicates out of a folder's rows where the duplicate key is the whole row. Rows whose hash is unique cannot be
 * duplicates, and most are; only the others are compared column by column, so that this costs a fraction of a DISTINCT.
 *
 * @param source a relation in SQL: the clean values, `row_hash`, `input`
 */
export async function withoutDuplicates(
  connection: DuckDBConnection,
  schema: TableSchema,
  source: string,
): Promise<Settled> {
  const columns = `${stagedValues(schema)}, row_hash, input`;
  const repeated = await createTable(
    connection,
    'repeated',
    `SELECT row_hash FROM ${source} GROUP BY row_hash HAVING count(*) > 1`,
  );
  if (repeated === 0)
    return { rows: `SELECT ${columns} FROM ${source}`, duplicates: new Map(), replaces: false };
  const duplicates = await settleRepeated(connection, schema, source);
  const rows = `SELECT ${columns} FROM ${source} ANTI JOIN repeated USING (row_hash)
    UNION ALL SELECT ${columns} FROM survivors`;
  return { rows, duplicates, replaces: duplicates.has(-1) };
}

/** Runs a CREATE TABLE ... AS and gives the number of its rows. */
export async function createTable(
  connection: DuckDBConnection,
  name: string,
  select: string,
): Promise<number> {
  const [created] = await rowsOf(connection, `CREATE OR REPLACE TEMP TABLE ${name} AS ${select}`);
  return countOf(created?.['Count']);
}

/**
 * Compares the rows of repeated hashes column by column. Among equals the first in the order of all columns stays, whatever
 * input it came from: zero and negative zero are equal, and which one stays does not depend on the order of loads.
 *
 * @returns rows that do not remain, by input
 */
async function settleRepeated(
  connection: DuckDBConnection,
  schema: TableSchema,
  source: string,
): Promise<Map<number, number>> {
  await createTable(connection, 'candidates', `SELECT * FROM ${source} SEMI JOIN repeated USING (row_hash)`);
  const equal = stagedValues(schema);
  await createTable(
    connection,
    'survivors',
    `SELECT DISTINCT ON (${equal}) * FROM candidates ORDER BY ${equal}, input`,
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
