import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventsTable } from '@headwater/core';
import {
  type FileSchema,
  fileSchema,
  sparkCleaningSelect,
  sparkCsvSelect,
  sparkJsonSelect,
  sparkLookupSelect,
} from '@headwater/core/internal';
import type { SparkTable, TestSpark } from '@headwater/local-aws/testing';
import { expect } from 'vitest';
import { type LoadReport, loadEvents } from '../src/index.ts';
import { csvLayout } from '../src/input/csv-layout.ts';
import { queryFiles } from './query-files.ts';

/** How the files of a load are read. */
export interface Reading {
  readonly format: 'csv' | 'jsonl' | 'parquet';
  readonly source?: string;
  readonly header?: boolean;
  readonly delimiter?: string;
  /** The files of lookups, for DuckDB. */
  readonly lookups?: Readonly<Record<string, string>>;
}

/** Rows as texts: accepted ones by their values, rejected ones by their place, reasons and raw texts. */
export type Outcome = readonly string[];

const hexOf = (text: string | null | undefined): string | null =>
  text === null || text === undefined ? null : Buffer.from(text).toString('hex');

/** What a load by DuckDB makes of files. */
export const duckdbOutcome = async (...load: Parameters<typeof duckdbLoad>): Promise<Outcome> =>
  (await duckdbLoad(...load)).outcome;

/** The same with the report of the load. */
export async function duckdbLoad(
  table: EventsTable,
  paths: readonly string[],
  folder: string,
  { source, header, delimiter, format, lookups }: Reading,
): Promise<{ readonly outcome: Outcome; readonly report: LoadReport }> {
  const lake = join(folder, 'lake');
  const report = await loadEvents({
    table,
    lake,
    inputs: [...paths],
    ...{ source, header, delimiter, format, lookups, maxQuarantine: 1, threads: 1 },
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
  const outcome = [
    ...rows.map((row) => JSON.stringify(table.schema.columns.map(({ name }) => row[name]))),
    ...rejected.map(({ source: path, line, raw, reasons, record }) =>
      rejection(paths.indexOf(String(path)), line, reasons, raw, record),
    ),
  ].sort();
  return { outcome, report };
}

const rejection = (input: unknown, line: unknown, reasons: unknown, raw: unknown, record: unknown): string =>
  `${input}:${line} ${JSON.stringify(reasons)} ${raw} ${JSON.stringify(record)}`;

/** What Spark makes of the same files. The lookups of the table are views. */
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
  return cleanedOutcome(spark, file, withLookups(file, select));
}

/** The rows of a raw relation that was selected, with the columns of lookups. */
export const withLookups = (file: FileSchema, select: string): string =>
  `(${file.lookups ? sparkLookupSelect(file, `(${select})`) : select})`;

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

/** What becomes of the rows of a raw relation when Spark cleans them. @param from a name, or a SELECT in parentheses */
export async function cleanedOutcome(spark: TestSpark, file: FileSchema, from: string): Promise<Outcome> {
  const values = file.columns.map(({ type }, index) =>
    type.kind === 'timestamp' ? `date_format(v${index}, "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'")` : `v${index}`,
  );
  const texts = file.columns.map((_, index) => `r${index}`);
  const { rows } = await spark.run(
    `SELECT input, place, raw, broken IS NOT NULL, reasons, ${[...texts, ...values].join(', ')}
     FROM (${sparkCleaningSelect(file, from)}) WHERE NOT filtered`,
  );
  const width = file.columns.length;
  return rows
    .map(([input, place, raw, isBroken, reasonList, ...cells]) => {
      const reasons = (JSON.parse(reasonList ?? '[]') as { column: string | null; code: string }[]).map(
        ({ column, code }) => `${column ?? 'line'}:${code}`,
      );
      const row = file.columns.map(({ type }, index) => {
        const value = cells[width + index] ?? null;
        if (type.kind === 'double') return value === null ? null : Number(value);
        return type.kind === 'timestamp' ? value : hexOf(value);
      });
      if (reasons.length === 0) return JSON.stringify(row);
      const record = isBroken === 'true' ? null : cells.slice(0, width).map(hexOf);
      return rejection(input, Number(place) + 1, reasons, hexOf(raw), record);
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

const differ = (left: Outcome, right: Outcome): string[] => {
  const known = new Map<string, number>();
  for (const one of right) known.set(one, (known.get(one) ?? 0) + 1);
  return left.filter((one) => {
    const times = known.get(one) ?? 0;
    known.set(one, times - 1);
    return times <= 0;
  });
};

/** Expects the same rows and rejections, whatever their order. */
export function expectSame(spark: Outcome, duckdb: Outcome): void {
  expect({
    spark: differ(spark, duckdb).slice(0, 5).map(shortened),
    duckdb: differ(duckdb, spark).slice(0, 5).map(shortened),
  }).toEqual({ spark: [], duckdb: [] });
}

const shortened = (text: string): string =>
  text.length > 2000 ? `${text.slice(0, 1000)} ... ${text.slice(-500)}` : text;
