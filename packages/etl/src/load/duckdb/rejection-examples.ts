import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import type { RejectionExample } from '../load-engine.ts';
import type { DuckdbRun } from './duckdb-engine.ts';

/** The commonest reasons of the rejected rows, each with the place of its first row. Call it after `writeQuarantine`. */
export async function rejectionExamples(
  { connection }: DuckdbRun,
  limit: number,
): Promise<RejectionExample[]> {
  const found = await rowsOf(
    connection,
    `SELECT reason, count(*) AS rows, min(source) AS source, arg_min(line, (source, line)) AS line
     FROM (SELECT source, line, coalesce(reason."column", 'line') || ':' || reason.code AS reason
       FROM (SELECT source, line, unnest(reasons) AS reason FROM quarantine))
     GROUP BY reason ORDER BY rows DESC, reason LIMIT ${limit}`,
  );
  return found.map(({ reason, rows, source, line }) => ({
    reason: String(reason),
    rows: countOf(rows),
    source: String(source),
    line: line === null ? null : countOf(line),
  }));
}
