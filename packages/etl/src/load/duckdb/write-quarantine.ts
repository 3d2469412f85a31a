import { quarantineName, quoteText, schemaFingerprint } from '@headwater/core/internal';
import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import type { QuarantineResult } from '../load-engine.ts';
import type { DuckdbRun } from './duckdb-engine.ts';
import { reasonsSql, rejectedRows } from './staging-table.ts';
import { writeFiles } from './write-files.ts';

/**
 * Writes the run's rejected rows: `source, line, raw, record, reasons, schema_version, run_id`. `record` holds the texts
 * by column, and is null for a line that could not be split; `schema_version` holds the definition's fingerprint.
 */
export async function writeQuarantine(run: DuckdbRun): Promise<QuarantineResult> {
  const { connection, schema, fileBytes } = run;
  const day = run.startedAt.toISOString().slice(0, 10);
  const names = `[${schema.columns.map(({ name }) => quoteText(name)).join(', ')}]`;
  const sources = `([${run.sources.map(quoteText).join(', ')}]::VARCHAR[])`;
  const record = `CASE WHEN texts IS NOT NULL THEN map_from_entries(list_zip(${names}, texts)) END`;
  await connection.run(`CREATE OR REPLACE TEMP TABLE quarantine AS
    SELECT ${sources}[input + 1] AS source, nullif(line, 0) AS line, raw, ${record} AS record, ${reasonsSql(schema)} AS reasons,
      ${quoteText(schemaFingerprint(schema))} AS schema_version, ${quoteText(run.id)} AS run_id
    FROM ${rejectedRows}`);
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
