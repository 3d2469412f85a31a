import type { TableSchema } from '@headwater/core';
import { type FileSchema, schemaFingerprint, sparkText } from '@headwater/core/internal';
import { joinBlocks, lineSql, rowState } from './staged-sql.ts';

/** What the script replaces by the id of the run. */
export const runId = '{run_id}';

/** SQL for the texts of a rejected row by column; NULL for a line that could not be split. */
export const recordSql = ({ columns }: TableSchema): string =>
  `CASE WHEN texts IS NOT NULL THEN map_from_arrays(array(${columns.map(({ name }) => sparkText(name)).join(', ')}), texts) END`;

/**
 * The rejected rows with the columns of the quarantine (`quarantineColumns`).
 *
 * @param schema the table, whose fingerprint the rows get
 * @param file the table, as the inputs have it
 */
export function quarantineSelect(schema: TableSchema, file: FileSchema): string {
  const source = file.source === undefined ? 'CAST(NULL AS STRING)' : sparkText(file.source);
  return `SELECT i.source AS source, ${lineSql} AS line, raw, ${recordSql(file)} AS record,
  reasons, ${sparkText(schemaFingerprint(schema))} AS schema_version, '${runId}' AS run_id${file.sources ? `, ${source} AS source_name` : ''}
FROM staged s JOIN inputs i ON i.input = s.input ${joinBlocks}
WHERE state = ${rowState.rejected}`;
}

/** The reasons of the rejected rows, the commonest first, each with the place of its first row: `reason, rows, source, line`. */
export const reasonsSelect = `SELECT reason, count(*) AS rows, min(source) AS source, min_by(line, struct(source, line)) AS line
FROM (SELECT source, line, concat(coalesce(one.column, 'line'), ':', one.code) AS reason
  FROM (SELECT source, line, explode(reasons) AS one FROM quarantine))
GROUP BY reason ORDER BY rows DESC, reason`;
