import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import type { NulledValues } from '../load-engine.ts';
import type { DuckdbRun } from './duckdb-engine.ts';
import { nulledValues, nullsInvalid } from './staging-table.ts';

/** The bad values of the staged rows that became null, by column and code, each with the place of its first row. */
export async function readNulledValues({ connection, schema, inputs }: DuckdbRun): Promise<NulledValues[]> {
  if (!nullsInvalid(schema)) return [];
  const found = await rowsOf(
    connection,
    `SELECT "column", code, sum(rows)::BIGINT AS rows, min(input) AS input, arg_min(line, input) AS line
     FROM ${nulledValues} GROUP BY ALL ORDER BY rows DESC, "column", code`,
  );
  return found.map(({ column, code, rows, input, line }) => ({
    column: String(column),
    code: String(code),
    rows: countOf(rows),
    source: inputs[countOf(input)]?.source ?? '',
    line: line === null ? null : countOf(line),
  }));
}
