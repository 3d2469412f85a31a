import { type EventsTable, HeadwaterError } from '@headwater/core';
import { assertSource, type FileSchema, fileSchema, readsPaths } from '@headwater/core/internal';
import { type CsvLine, csvLineReader } from './csv-line-reader.ts';
import { findInputs } from './find-inputs.ts';
import { identifyInput } from './identify-input.ts';
import { inputError } from './input-error.ts';
import type { InputFile, InputFormat } from './input-file.ts';
import { lineBlocks } from './line-blocks.ts';
import { textLayout } from './text-layout.ts';

const LF = 10;
const CR = 13;
const byteOrderMark = Buffer.from('\ufeff');

/** Options of {@link readLineRecords}. They mean what they mean for a load. */
export interface LineRecordOptions {
  /** A file, a folder or a glob. */
  readonly input: string;
  readonly table: EventsTable;
  /** The source of the table that the files are of. The records have the names of its fields. */
  readonly source?: string | undefined;
  readonly format?: InputFormat | undefined;
  readonly delimiter?: string | undefined;
  readonly header?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads files of events as records of a stream, in the order of their lines: JSON objects as UTF-8. A line of JSON Lines is a record as it
 * is. A line of CSV becomes an object of its texts by the names of the columns, without empty fields, so that a load of the records
 * gives the rows that a load of the file gives. A line that has not the fields of the file is a record as it is: no JSON, which a
 * load rejects with its text. Blank lines and the header are no records.
 *
 * @returns records in blocks, in bounded memory
 * @throws HeadwaterError `INPUT_NOT_FOUND`, `INPUT_UNREADABLE`, `INPUT_COLUMNS_MISSING`, `INPUT_COLUMN_COUNT`
 * @example
 * ```ts
 * for await (const records of readLineRecords({ input: 'events.csv.gz', table: clickstream }))
 *   for (const record of records) await send(record); // {"event_time":"2019-10-01 00:00:00 UTC","event_type":"view",...}
 * ```
 */
export async function* readLineRecords(
  options: LineRecordOptions,
): AsyncGenerator<readonly Uint8Array[], void, void> {
  const { input, table, source, ...hints } = options;
  assertSource(table.schema, source);
  yield* schemaRecords(input, fileSchema(table.schema, source), hints);
}

/** How files are read. */
type LineHints = Omit<LineRecordOptions, 'input' | 'table' | 'source'>;

/** The same for files of any schema. */
export async function* schemaRecords(
  input: string,
  schema: FileSchema,
  hints: LineHints = {},
): AsyncGenerator<readonly Uint8Array[], void, void> {
  const { files } = await findInputs([input], { format: hints.format });
  for (const file of files) yield* fileRecords(file, schema, hints);
}

async function* fileRecords(
  file: InputFile,
  schema: FileSchema,
  { delimiter, header, signal }: LineHints,
): AsyncGenerator<readonly Uint8Array[], void, void> {
  const refuse = (problem: string): never => {
    throw new HeadwaterError('INPUT_UNREADABLE', { file: file.source, problem });
  };
  if (file.object) refuse('it is an object on S3: copy it to this machine first');
  if (file.isStream) refuse('it can be read only once: write it to a file first');
  // The beginning of a file is read here, and may be packed otherwise than its name says.
  const unreadable = (cause: unknown): never => {
    if (cause instanceof HeadwaterError) throw cause;
    throw inputError(file.source, cause);
  };
  const identified = await identifyInput(file, file.path).catch(unreadable);
  if (identified.format === 'parquet')
    refuse('it is Parquet, and a stream carries lines of JSON: convert it to JSON Lines or CSV first');
  if (identified.isEmpty) return;
  const { text, csv } = await textLayout(file.source, file.path, identified, schema, {
    delimiter,
    header,
  }).catch(unreadable);
  if (csv && readsPaths(schema))
    refuse('it is CSV, and columns of the table are read from paths of JSON: give JSON Lines');
  const read = csv ? csvLineReader(schema, csv) : readJsonLine;
  let isHeaderNext = csv?.hasHeader ?? false;
  let isFirst = true;
  try {
    for await (const block of lineBlocks(text)) {
      signal?.throwIfAborted();
      const hasMark = isFirst && block.subarray(0, byteOrderMark.length).equals(byteOrderMark);
      isFirst = false;
      const records: Uint8Array[] = [];
      for (const line of linesOf(hasMark ? block.subarray(byteOrderMark.length) : block)) {
        if (isHeaderNext) isHeaderNext = false;
        else records.push(read(line));
      }
      if (records.length > 0) yield records;
    }
  } catch (cause) {
    if (signal?.aborted || cause instanceof HeadwaterError) throw cause;
    throw inputError(file.source, cause, text.compression === 'none' ? undefined : text.compression);
  }
}

/** A copy: the memory of a block is used again for the next one. */
const readJsonLine: CsvLine = (line) => Buffer.from(line);

/** The lines of a block that are not blank, without their ends. */
function* linesOf(block: Buffer): Generator<Buffer, void, void> {
  for (let start = 0, next = 0; start < block.length; start = next) {
    const found = block.indexOf(LF, start);
    next = found === -1 ? block.length : found + 1;
    let end = found === -1 ? block.length : found;
    while (end > start && block[end - 1] === CR) end -= 1;
    if (end > start) yield block.subarray(start, end);
  }
}
