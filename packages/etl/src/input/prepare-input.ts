import { createWriteStream } from 'node:fs';
import { copyFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { HeadwaterError, type TableSchema } from '@headwater/core';
import { quotePath } from '@headwater/core/internal';
import { countOf, rowsOf } from '../engine/duckdb-session.ts';
import { isMachineError } from '../engine/machine-error.ts';
import { contentHash } from '../lake/content-hash.ts';
import { assertJsonLines } from './assert-json-lines.ts';
import { assertPlain } from './assert-plain.ts';
import { type ColumnGap, columnGap, jsonColumnGap } from './column-gap.ts';
import { type CsvHints, type CsvLayout, csvLayout, namedPositions } from './csv-dialect.ts';
import type { InputFile } from './input-file.ts';
import { type BrokenLine, firstLineOf, type LineScan, NeedsCopy, scanLines } from './line-scan.ts';

/** How the engine reads a prepared input. */
export type InputLayout =
  | { readonly kind: 'csv'; readonly csv: CsvLayout; readonly scan: LineScan }
  | { readonly kind: 'jsonl'; readonly scan: LineScan }
  | {
      readonly kind: 'parquet';
      readonly fields: readonly string[];
      readonly positions: readonly (number | null)[];
    };

/** An input that the engine can read as it stands: unpacked, with the lines that would lead it astray set apart. */
export interface PreparedInput {
  readonly source: string;
  /** The file to read: the input itself, or a copy in the run's staging folder. */
  readonly path: string;
  readonly hash: string;
  /** Bytes of the input as it came. */
  readonly bytes: number;
  /** Rows in the input, counted from its bytes (text) or its footer (Parquet). */
  readonly rows: number;
  readonly layout: InputLayout;
  /** What of the file the table does not have, and the other way round. */
  readonly gap: ColumnGap;
}

export interface PrepareOptions {
  readonly schema: TableSchema;
  readonly hints: CsvHints;
  /** Where a copy may be written. */
  readonly copyTo: string;
  readonly connection: DuckDBConnection;
  /** Called for every line that is kept back from the engine's reader. */
  readonly onBroken: (line: BrokenLine) => void;
  readonly stdin?: Readable | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: (bytes: number) => void;
}

/** Looks an input over once: content hash, rows, layout, broken lines. */
export async function prepareInput(file: InputFile, options: PrepareOptions): Promise<PreparedInput> {
  try {
    const spooled = await localPath(file, options);
    return file.format === 'parquet'
      ? await prepareParquet(file, spooled, options)
      : await prepareText(file, spooled, options);
  } catch (cause) {
    if (cause instanceof HeadwaterError || options.signal?.aborted) throw cause;
    const problem = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    if (cause instanceof Error && isMachineError(cause)) throw cause;
    const packing =
      file.compression === 'none' ? '' : `it is not whole ${file.compression}, as its name says: `;
    throw new HeadwaterError(
      'INPUT_UNREADABLE',
      { file: file.source, problem: packing + problem },
      { cause },
    );
  }
}

/** Where the engine can read an input, as often as it needs to. */
async function localPath({ path }: InputFile, { stdin, copyTo }: PrepareOptions): Promise<string> {
  if (path === '-') {
    if (!stdin) throw new Error('no standard input was given');
    await pipeline(stdin, createWriteStream(`${copyTo}.stdin`));
    return `${copyTo}.stdin`;
  }
  // Relative paths would not do: the engine takes `~` at the beginning of one for the home folder.
  const whole = resolve(path);
  if (!isUnnamable(whole)) return whole;
  await copyFile(whole, `${copyTo}.named`);
  return `${copyTo}.named`;
}

/** DuckDB takes a backslash in a pattern for a separator, so no pattern stands for such a path alone. */
const isUnnamable = (path: string): boolean => path.includes('\\') && /[*?[]/.test(path);

async function prepareText(file: InputFile, path: string, options: PrepareOptions): Promise<PreparedInput> {
  const isCsv = file.format === 'csv';
  await assertPlain(file, path);
  const firstLine = await firstLineOf(path, file.compression);
  if (!isCsv) assertJsonLines(file, firstLine);
  const csv = isCsv ? csvLayout(options.schema, file.source, firstLine, options.hints) : undefined;
  const scan = async (copyTo?: string): Promise<LineScan> =>
    scanLines(path, {
      compression: file.compression,
      delimiter: csv ? csv.delimiter.charCodeAt(0) : null,
      onBroken: options.onBroken,
      signal: options.signal,
      ...(copyTo ? { copyTo } : {}),
      ...(options.onBytes ? { onBytes: options.onBytes } : {}),
    });
  let result: LineScan;
  try {
    result = await scan(file.compression === 'none' ? undefined : options.copyTo);
  } catch (error) {
    if (!(error instanceof NeedsCopy)) throw error;
    result = await scan(options.copyTo);
  }
  return {
    source: file.source,
    path: result.copied ? options.copyTo : path,
    hash: result.hash,
    bytes: result.bytes,
    rows: result.lines - (csv?.hasHeader && result.lines > 0 ? 1 : 0),
    layout: csv ? { kind: 'csv', csv, scan: result } : { kind: 'jsonl', scan: result },
    gap: csv
      ? columnGap(options.schema, csv.fields, csv.positions)
      : jsonColumnGap(options.schema, firstLine),
  };
}

async function prepareParquet(
  file: InputFile,
  path: string,
  options: PrepareOptions,
): Promise<PreparedInput> {
  const { connection, schema } = options;
  const described = await rowsOf(
    connection,
    `DESCRIBE SELECT * FROM read_parquet(${quotePath(path)}, hive_partitioning = false)`,
  );
  const fields = described.map((row) => String(row['column_name']));
  const positions = namedPositions(schema, file.source, fields);
  const [footer] = await rowsOf(
    connection,
    `SELECT sum(num_rows)::BIGINT AS rows FROM parquet_file_metadata(${quotePath(path)})`,
  );
  const { size } = await stat(path);
  options.onBytes?.(size);
  return {
    source: file.source,
    path,
    hash: await contentHash(path),
    bytes: size,
    rows: countOf(footer?.['rows']),
    layout: { kind: 'parquet', fields, positions },
    gap: columnGap(schema, fields, positions),
  };
}
