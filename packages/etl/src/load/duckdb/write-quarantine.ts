import type { DuckDBConnection } from '@duckdb/node-api';
import type { TableSchema } from '@headwater/core';
import { quarantineName, quoteText } from '@headwater/core/internal';
import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import { reasonsSql, refused } from './staging-table.ts';
import type { WrittenFile } from './write-file.ts';
import { writeFiles } from './write-files.ts';

/** What went to the quarantine and why. */
export interface QuarantineResult {
  readonly files: readonly WrittenFile[];
  /** Rows by reason, `column:code`, or `line:code` for lines that are broken as a whole. A row may have several. */
  readonly reasons: Record<string, number>;
}

/**
 * Writes the run's refused rows: `source, line, raw, record, reasons, schema_version, run_id`. `record` holds the texts
 * by column, and is null for a line that could not be split.
 */
export async function writeQuarantine(
  connection: DuckDBConnection,
  schema: TableSchema,
  run: {
    id: string;
    day: string;
    schemaVersion: string;
    sources: readonly string[];
    stagedPath: string;
    fileBytes: number;
  },
): Promise<QuarantineResult> {
  const names = `[${schema.columns.map(({ name }) => quoteText(name)).join(', ')}]`;
  const sources = `([${run.sources.map(quoteText).join(', ')}]::VARCHAR[])`;
  const record = `CASE WHEN texts IS NOT NULL THEN map_from_entries(list_zip(${names}, texts)) END`;
  await connection.run(`CREATE OR REPLACE TEMP TABLE quarantine AS
    SELECT ${sources}[input + 1] AS source, nullif(line, 0) AS line, raw, ${record} AS record, ${reasonsSql(schema)} AS reasons,
      ${quoteText(run.schemaVersion)} AS schema_version, ${quoteText(run.id)} AS run_id
    FROM ${refused}`);
  const select = 'SELECT * FROM quarantine ORDER BY source, line, raw';
  const files = await writeFiles(connection, select, run.fileBytes, {
    stagedPath: run.stagedPath,
    folder: `${quarantineName(schema.name)}/dt=${run.day}`,
    day: run.day,
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
