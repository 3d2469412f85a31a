import { fileSchema, quoteText, schemaFingerprint } from '@headwater/core/internal';
import type { DuckdbRun } from './duckdb-engine.ts';
import { reasonsSql, rejectedRows } from './staging-table.ts';

/**
 * A SELECT of the run's rejected rows with the columns of the quarantine. The reasons follow from the rules of the source that
 * each row's input was read as. A row that a replay rejects again keeps the fingerprint of the definition that rejected it first, which
 * tells how its texts were meant when they were loaded.
 */
export function quarantinedRows({ schema, inputs, id }: DuckdbRun): string {
  const names = `[${schema.columns.map(({ name }) => quoteText(name)).join(', ')}]`;
  const record = `CASE WHEN texts IS NOT NULL THEN map_from_entries(list_zip(${names}, texts)) END`;
  const sources = `([${inputs.map(({ source }) => quoteText(source)).join(', ')}]::VARCHAR[])`;
  const version = schemaFingerprint(schema);
  const versions = `([${inputs.map(({ rejectedBy = version }) => quoteText(rejectedBy)).join(', ')}]::VARCHAR[])`;
  const selects = [...Map.groupBy(inputs.keys(), (input) => inputs[input]?.sourceName)];
  const rowsOf = (sourceName: string | undefined, where: string): string => {
    const name = sourceName === undefined ? 'NULL::VARCHAR' : quoteText(sourceName);
    return `SELECT ${sources}[input + 1] AS source, nullif(line, 0) AS line, raw, ${record} AS record,
      ${reasonsSql(fileSchema(schema, sourceName))} AS reasons,
      ${versions}[input + 1] AS schema_version, ${quoteText(id)} AS run_id${schema.sources ? `, ${name} AS source_name` : ''}
    FROM ${rejectedRows}${where}`;
  };
  const [first] = selects;
  if (selects.length <= 1) return rowsOf(first?.[0], '');
  return selects
    .map(([sourceName, numbers]) => rowsOf(sourceName, ` WHERE input IN (${numbers.join(', ')})`))
    .join(' UNION ALL ');
}
