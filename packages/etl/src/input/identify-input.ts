import { open } from 'node:fs/promises';
import { HeadwaterError } from '@headwater/core';
import type { Compression, InputFile, InputFormat } from './input-file.ts';
import { firstBytes } from './line-blocks.ts';

/** A file with a known format. */
export interface IdentifiedInput {
  readonly format: InputFormat;
  readonly compression: Compression;
  /** The first bytes of a text, unpacked: up to 1 MiB. */
  readonly start: Buffer;
  /** Whether it has no bytes, unpacked: no rows, then, in every format. */
  readonly isEmpty: boolean;
}

const toUtf8 = 'it is UTF-16: convert it to UTF-8, as `iconv -f UTF-16 -t UTF-8` does';
const packed = (what: string, ending: string): string =>
  `it is packed with ${what}: end its name with ${ending}, or unpack it first`;

/** Errors have one format, so that no option for it would help. */
const parquetAmongErrors =
  'it is Parquet, and records that failed are lines of JSON: move it to a folder of its own, and adopt that --as cleaned or --as records';

/** How files begin that are not plain text. */
export interface FileBeginning {
  readonly bytes: readonly number[];
  readonly is?: Compression | 'parquet';
  /** What to say of a file that is taken for plain text. */
  readonly problem: string;
}

/** The first bytes of files that are not plain text; of those that match, the first one says what a file is. */
export const fileBeginnings: readonly FileBeginning[] = [
  { bytes: [0x1f, 0x8b], is: 'gzip', problem: packed('gzip', '.gz') },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], is: 'zstd', problem: packed('zstd', '.zst') },
  ...Array.from({ length: 16 }, (_, index) => ({
    // A frame that zstd skips.
    ...{ bytes: [0x50 + index, 0x2a, 0x4d, 0x18], is: 'zstd' as const, problem: packed('zstd', '.zst') },
  })),
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    problem: 'it is a ZIP archive: unpack it first (a spreadsheet is one, too: save it as CSV)',
  },
  {
    bytes: [0x50, 0x41, 0x52, 0x31],
    is: 'parquet',
    problem: 'it is Parquet: end its name with .parquet, or give --format parquet',
  },
  { bytes: [0xff, 0xfe], problem: toUtf8 },
  { bytes: [0xfe, 0xff], problem: toUtf8 },
];

/**
 * Detects the format of a file from its first bytes, where neither the option nor the name gives it: gzip, zstd and Parquet
 * have magic numbers, text that begins with a brace is JSON Lines, and any other text is CSV.
 *
 * @throws HeadwaterError `INPUT_UNREADABLE` for a file that should be plain text and is something else: its bytes would be
 *   read as the names of columns
 */
export async function identifyInput(file: InputFile, path: string): Promise<IdentifiedInput> {
  const mark = await markOf(path);
  const found = file.isRecords ? undefined : mark?.is;
  const compression = file.compression ?? (found === 'gzip' || found === 'zstd' ? found : 'none');
  if (file.format === 'parquet' || (file.format === undefined && found === 'parquet')) {
    if (compression !== 'none') throw refusal(file, `it is Parquet inside ${compression}: unpack it first`);
    return { format: 'parquet', compression, start: Buffer.alloc(0), isEmpty: false };
  }
  if (compression === 'none' && mark && !file.isRecords)
    throw refusal(file, file.isErrors && mark.is === 'parquet' ? parquetAmongErrors : mark.problem);
  const start = await firstBytes({ path, compression });
  const text = start.toString('latin1', 0, 1024).replace(/^\xef\xbb\xbf/, '');
  const format = file.format ?? (/^\s*(?:\{|\[\s*(?:\{|$))/.test(text) ? 'jsonl' : 'csv');
  if (format === 'jsonl' && !file.isRecords) assertJsonLines(file, text);
  return { format, compression, start, isEmpty: start.length === 0 };
}

const refusal = ({ source }: InputFile, problem: string): HeadwaterError =>
  new HeadwaterError('INPUT_UNREADABLE', { file: source, problem });

async function markOf(path: string): Promise<FileBeginning | undefined> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return fileBeginnings.find(
      ({ bytes }) => bytes.length <= bytesRead && bytes.every((byte, at) => buffer[at] === byte),
    );
  } finally {
    await handle.close();
  }
}

/** Refuses one JSON array, and one object over many lines: each of their lines would be a broken row. */
function assertJsonLines(file: InputFile, text: string): void {
  const advice = "make lines of it, as `jq -c '.[]'` does";
  if (/^\s*\[\s*(?:\{|$)/.test(text))
    throw refusal(file, `it is one JSON array, where each line should be an object: ${advice}`);
  if (/^\s*\{[ \t]*\r?\n/.test(text))
    throw refusal(
      file,
      'its objects go over many lines, where each line should be one: make lines of them, as `jq -c .` does',
    );
}
