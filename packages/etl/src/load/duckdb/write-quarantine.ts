import { quarantineName } from '@headwater/core/internal';
import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import type { QuarantineResult } from '../load-engine.ts';
import type { DuckdbRun } from './duckdb-engine.ts';
import { quarantinedRows } from './quarantined-rows.ts';
import { writeFiles } from './write-files.ts';

/**
 * Writes the run's rejected rows: `source, line, raw, record, reasons, schema_version, run_id`. `record` holds the texts
 * by column, and is null for a line that could not be split; `schema_version` holds the definition's fingerprint. A table with
 * sources also has `source_name`.
 */
export async function writeQuarantine(run: DuckdbRun): Promise<QuarantineResult> {
  const { connection, schema, fileBytes } = run;
  const day = run.startedAt.toISOString().slice(0, 10);
  await connection.run(`CREATE OR REPLACE TEMP TABLE quarantine AS ${quarantinedRows(run)}`);
  const select = 'SELECT * FROM quarantine ORDER BY source, line, raw';
  const files = await writeFiles(connection, select, fileBytes, {
    stagedPath: run.staged('quarantine.parquet'),
    folder: `${quarantineName(schema.name)}/dt=${day}`,
    day,
  });
  const counts = await rowsOf(
    connection,
    `SELECT coalesce(reason."column", 'line') || ':' || reason.code AS reason, count(*) AS rows
     FROM (SELECT unnest(reasons) AS reason FROM quarantine) GROUP BY 1 ORDER BY 2 DESC, 1`,
  );
  return {
    files,
    reasons: Object.fromEntries(counts.map((row) => [String(row['reason']), countOf(row['rows'])])),
  };
}
