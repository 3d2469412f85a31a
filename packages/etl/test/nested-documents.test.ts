import { type CleanResult, createDocumentCleaner, type DataType, type EventsTable } from '@headwater/core';
import { expect, test } from 'vitest';
import { loadEvents } from '../src/index.ts';
import { temporaryFolder, writeLines } from './events-fixture.ts';
import { exploded, explodedDeep, flat, flatLines, nestedLines, oneRow } from './nested-documents.ts';
import { queryFiles } from './query-files.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? 20210131);
const count = Number(process.env['FUZZ_ROWS'] ?? 4000);

const textOf = (value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString().slice(0, 19).replace('T', ' ');
  return typeof value === 'string' ? Buffer.from(value).toString('hex') : String(value);
};

const isNumber = (type: DataType): boolean =>
  type.kind === 'double' || (type.kind === 'decimal' && type.precision <= 15);

/** The rows and the rejections of a load, as texts, in an order of their own. */
async function loaded(table: EventsTable, lines: readonly string[]): Promise<string[]> {
  const folder = await temporaryFolder();
  const input = await writeLines(folder, 'documents.jsonl', lines);
  const report = await loadEvents({ table, lake: `${folder}/lake`, inputs: [input], maxQuarantine: 1 });
  expect(report.recordsIn).toBe(table.schema.explode ? lines.length : undefined);
  const columns = table.schema.columns.map(({ name, type }) => {
    if (isNumber(type)) return `"${name}"::DOUBLE AS "${name}"`;
    return type.kind === 'timestamp'
      ? `strftime("${name}", '%Y-%m-%d %H:%M:%S') AS "${name}"`
      : `lower(hex(encode("${name}"::VARCHAR))) AS "${name}"`;
  });
  const rows = await queryFiles(
    `SELECT ${columns.join(', ')} FROM read_parquet(FILES)`,
    `${folder}/lake/${table.name}`,
  );
  const rejected = await queryFiles(
    `SELECT line, list_transform(reasons, lambda one: coalesce(one."column", 'line') || ':' || one.code) AS reasons
     FROM read_parquet(FILES)`,
    `${folder}/lake/${table.name}__quarantine`,
  );
  expect(rows.length + rejected.length).toBe(report.rowsIn);
  return [
    ...rows.map((row) => JSON.stringify(table.schema.columns.map(({ name }) => row[name]))),
    ...rejected.map(({ line, reasons }) => `${line} ${JSON.stringify(reasons)}`),
  ].sort();
}

/** The same of the record function. */
function cleaned(table: EventsTable, lines: readonly string[]): string[] {
  const clean = createDocumentCleaner(table.schema);
  const shown = (result: CleanResult, line: number): string => {
    if (!result.accepted)
      return `${line} ${JSON.stringify(result.reasons.map(({ column, code }) => `${column ?? 'line'}:${code}`))}`;
    const values = table.schema.columns.map(({ name, type }) => {
      const value = result.row[name];
      const text = textOf(value);
      if (isNumber(type)) return value;
      return type.kind === 'string' || type.kind === 'timestamp' || text === null
        ? text
        : Buffer.from(String(value)).toString('hex');
    });
    return JSON.stringify(values);
  };
  return lines.flatMap((line, index) => clean(line).map((result) => shown(result, index + 1))).sort();
}

test.each<[string, EventsTable, typeof nestedLines]>([
  ['a row per element', exploded, nestedLines],
  ['a row per element of a deeper list', explodedDeep, nestedLines],
  ['one row', oneRow, nestedLines],
  ['no paths', flat, flatLines],
])(`a load and the record function agree on ${count} documents: %s`, async (_what, table, linesOf) => {
  const lines = linesOf(count, seed);
  const [actual, expected] = [await loaded(table, lines), cleaned(table, lines)];
  const differ = (left: readonly string[], right: readonly string[]): string[] => {
    const known = new Set(right);
    return left.filter((one) => !known.has(one)).slice(0, 3);
  };
  expect({ load: differ(actual, expected), record: differ(expected, actual) }).toEqual({
    load: [],
    record: [],
  });
  expect(actual).toEqual(expected);
  const rejections = actual.filter((one) => !one.startsWith('['));
  expect(rejections.length).toBeGreaterThan(count / 50);
  expect(rejections.length).toBeLessThan(actual.length * 0.7);
});
