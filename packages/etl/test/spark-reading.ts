import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRecordCleaner, type EventsTable } from '@headwater/core';
import {
  type FileSchema,
  fieldNames,
  fileSchema,
  sparkCsvSelect,
  sparkJsonSelect,
} from '@headwater/core/internal';
import type { SparkTable, TestSpark } from '@headwater/local-aws/testing';
import { loadEvents } from '../src/index.ts';
import { csvLayout } from '../src/input/csv-layout.ts';
import { queryFiles } from './query-files.ts';

/** How the files of a load are read. */
export interface Reading {
  readonly format: 'csv' | 'jsonl';
  readonly source?: string;
  readonly header?: boolean;
  readonly delimiter?: string;
}

/** Rows as texts: accepted ones by their values, rejected ones by their place, reasons and raw texts. */
export type Outcome = readonly string[];

const textOf = (value: unknown): string | null =>
  value === null || value === undefined
    ? null
    : value instanceof Date
      ? value.toISOString()
      : Buffer.from(String(value)).toString('hex');
const hexOf = (text: string | null | undefined): string | null =>
  text === null || text === undefined ? null : Buffer.from(text).toString('hex');

/** What a load by DuckDB makes of files. */
export async function duckdbOutcome(
  table: EventsTable,
  paths: readonly string[],
  folder: string,
  { source, header, delimiter, format }: Reading,
): Promise<Outcome> {
  const lake = join(folder, 'lake');
  const report = await loadEvents({
    table,
    lake,
    inputs: [...paths],
    ...{ source, header, delimiter, format, maxQuarantine: 1, threads: 1 },
  });
  const columns = table.schema.columns.map(({ name, type }) =>
    type.kind === 'timestamp'
      ? `strftime("${name}", '%Y-%m-%dT%H:%M:%S.%gZ') AS "${name}"`
      : type.kind === 'double'
        ? `"${name}"`
        : `lower(hex(encode("${name}"::VARCHAR))) AS "${name}"`,
  );
  const rows =
    report.rowsOut > 0
      ? await queryFiles(`SELECT ${columns.join(', ')} FROM read_parquet(FILES)`, join(lake, table.name))
      : [];
  const rejected =
    report.quarantined > 0
      ? await queryFiles(
          `SELECT source, line::INTEGER AS line, lower(hex(encode(raw))) AS raw,
             list_transform(reasons, lambda one: coalesce(one."column", 'line') || ':' || one.code) AS reasons,
             list_transform(map_values(record), lambda one: lower(hex(encode(one)))) AS record
           FROM read_parquet(FILES)`,
          join(lake, `${table.name}__quarantine`),
        )
      : [];
  return [
    ...rows.map((row) => JSON.stringify(table.schema.columns.map(({ name }) => row[name]))),
    ...rejected.map(({ source: path, line, raw, reasons, record }) =>
      rejection(paths.indexOf(String(path)), line, reasons, raw, record),
    ),
  ].sort();
}

const rejection = (input: unknown, line: unknown, reasons: unknown, raw: unknown, record: unknown): string =>
  `${input}:${line} ${JSON.stringify(reasons)} ${raw} ${JSON.stringify(record)}`;

/** Reads the files by Spark, and cleans the texts by the record function. */
export async function sparkOutcome(
  spark: TestSpark,
  table: EventsTable,
  paths: readonly string[],
  folder: string,
  reading: Reading,
  firstLines: readonly string[] = [],
): Promise<Outcome> {
  const file = fileSchema(table.schema, reading.source);
  await linesView(spark, paths, join(folder, 'spark'));
  const select =
    reading.format === 'csv'
      ? sparkCsvSelect(file, { lines: 'lines', layouts: 'layouts' })
      : sparkJsonSelect(file, { lines: 'lines' });
  if (reading.format === 'csv') {
    const layouts = layoutsTable(file, paths, firstLines, reading);
    await spark.run('SELECT 1', { layout_texts: layouts });
    await spark.run(
      `CREATE OR REPLACE TEMPORARY VIEW layouts AS SELECT input, delimiter, width, transform(split(places, ','), one -> CAST(one AS INT)) AS positions, header FROM layout_texts`,
    );
  }
  const { columns, rows } = await spark.run(select);
  return rawOutcome(file, columns, rows);
}

/** The lines of files in a view, as the script of a load has them. */
export async function linesView(spark: TestSpark, paths: readonly string[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  // Names that are no patterns.
  await Promise.all(paths.map((path, index) => copyFile(path, join(folder, `file-${index}.txt`))));
  await spark.run(
    `CREATE OR REPLACE TEMPORARY VIEW text_files (value STRING) USING text OPTIONS (path '${folder}', pathGlobFilter 'file-*.txt', lineSep '\\n')`,
  );
  await spark.run(`CREATE OR REPLACE TEMPORARY VIEW lines AS
    SELECT input, CAST(row_number() OVER (PARTITION BY input ORDER BY id) - 1 AS BIGINT) AS place, value
    FROM (SELECT CAST(regexp_extract(input_file_name(), 'file-([0-9]+)', 1) AS INT) AS input, monotonically_increasing_id() AS id, value FROM text_files)`);
}

function layoutsTable(
  file: FileSchema,
  paths: readonly string[],
  firstLines: readonly string[],
  reading: Reading,
): SparkTable {
  const rows = firstLines.map((line, input) => {
    const layout = csvLayout(file, paths[input] ?? '', line.replace(/^\n+/, ''), reading);
    const header = layout.hasHeader ? String(line.length - line.replace(/^\n+/, '').length) : null;
    return [
      String(input),
      layout.delimiter,
      String(layout.width),
      layout.positions.map((position) => position ?? '').join(),
      header,
    ];
  });
  return {
    columns: { input: 'INT', delimiter: 'STRING', width: 'INT', places: 'STRING', header: 'BIGINT' },
    rows,
  };
}

/** What becomes of rows of a raw relation when the record function cleans their texts. */
export function rawOutcome(
  file: FileSchema,
  columns: readonly (readonly [string, string])[],
  rows: readonly (readonly (string | null)[])[],
): Outcome {
  const at = (name: string): number => columns.findIndex(([one]) => one === name);
  const clean = createRecordCleaner(file);
  return rows
    .map((row) => {
      const texts = file.columns.map((_, index) => row[at(`r${index}`)] ?? null);
      const [input, raw, broken] = ['input', 'raw', 'broken'].map((name) => row[at(name)] ?? null);
      const line = Number(row[at('place')]) + 1;
      const shown = (reasons: readonly { column?: string | null; code: string }[]): string[] =>
        reasons.map(({ column, code }) => `${column ?? 'line'}:${code}`);
      if (broken !== null && broken !== undefined)
        return rejection(input, line, shown(JSON.parse(broken)), hexOf(raw), null);
      const record = Object.fromEntries(
        file.columns.map((column, index) => [fieldNames(column)[0] ?? column.name, texts[index]]),
      );
      const result = clean(record);
      return result.accepted
        ? JSON.stringify(
            file.columns.map(({ name, type }) => {
              const value = result.row[name];
              return type.kind === 'double' ? (value ?? null) : textOf(value);
            }),
          )
        : rejection(input, line, shown(result.reasons), hexOf(raw), texts.map(hexOf));
    })
    .sort();
}

/** Writes files by their bytes. */
export async function writeFiles(
  folder: string,
  files: readonly Buffer[],
  ending: string,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return Promise.all(
    files.map(async (bytes, index) => {
      const path = join(folder, `part-${index}.${ending}`);
      await writeFile(path, bytes);
      return path;
    }),
  );
}
