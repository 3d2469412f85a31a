import { DuckDBInstance } from '@duckdb/node-api';
import { duckdbCleaningSelect, type RawRecord, type TableSchema } from '../../../src/index.ts';
import { isNumberDecimal, quoteName, type TextFacts } from '../../../src/internal.ts';
import { codesOf, type Outcome, textOf } from './outcome.ts';

/** What DuckDB makes of rows. */
export async function duckdbOutcomes(
  schema: TableSchema,
  records: readonly RawRecord[],
  facts: TextFacts = {},
): Promise<Outcome[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const names = schema.columns.map((column) => column.name);
    await connection.run(
      `CREATE TABLE raw (${names.map((name) => `${quoteName(name)} VARCHAR`).join(', ')})`,
    );
    const appender = await connection.createAppender('raw');
    for (const record of records) {
      for (const name of names) {
        const text = record[name];
        if (text === null || text === undefined) appender.appendNull();
        else appender.appendVarchar(text);
      }
      appender.endRow();
    }
    appender.closeSync();
    // The driver gives decimals as doubles; those too wide for one are read as text.
    const wide = schema.columns.filter(({ type }) => type.kind === 'decimal' && !isNumberDecimal(type));
    // The driver also drops a leading byte-order mark from a text, so texts are compared by their bytes.
    const texts = schema.columns.filter(({ type }) => type.kind === 'string');
    const asText = [
      ...wide.map(({ name }) => `${quoteName(name)}::VARCHAR AS ${quoteName(name)}`),
      ...texts.map(({ name }) => `hex(encode(${quoteName(name)})) AS ${quoteName(name)}`),
    ].join(', ');
    const reader = await connection.runAndReadAll(
      `SELECT *${asText && ` REPLACE (${asText})`} FROM (${duckdbCleaningSelect(schema, 'raw', facts)})`,
    );
    return reader.getRowObjectsJS().map((row) => {
      const reasons = row['reasons'] as { column: string; code: string }[];
      if (reasons.length > 0) return { values: null, reasons: [...codesOf(reasons), ...kept(row, reasons)] };
      return {
        values: schema.columns.map((column) => duckdbText(column.type.kind, row[column.name])),
        reasons: [],
        nulled: codesOf((row['nulled'] ?? []) as { column: string; code: string }[]),
      };
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Bad values that are not null: a load tells bad rows by them, and not by the reasons. */
const kept = (row: Record<string, unknown>, bad: readonly { readonly column: string }[]): string[] =>
  bad.flatMap(({ column }) => (row[column] === null ? [] : [`${column} is not null`]));

function duckdbText(kind: string, value: unknown): string | null {
  if (kind === 'date' && value instanceof Date) return value.toISOString().slice(0, 10);
  // DuckDB writes no zero before the point of a decimal that has no place for one.
  if (kind === 'decimal' && typeof value === 'string') return value.replace(/^(-?)\./, '$10.');
  return textOf(value);
}
