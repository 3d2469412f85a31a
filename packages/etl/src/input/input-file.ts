import { extname } from 'node:path';
import type { InputObject } from './input-object.ts';

/** What a file holds. */
export type InputFormat = 'csv' | 'jsonl' | 'parquet';
/** How a file is packed. */
export type Compression = 'none' | 'gzip' | 'zstd';

/** One file to load, as the user named it and where it is. */
export interface InputFile {
  /** For messages, accounting and the quarantine; `-` is standard input. */
  readonly source: string;
  /** `-` for standard input. */
  readonly path: string;
  /** Whether it can be read only once: standard input, and pipes. */
  readonly isStream: boolean;
  /** From the option or the name; undefined when neither gives it. Then it is detected from the content. */
  readonly format: InputFormat | undefined;
  readonly compression: Compression | undefined;
  /** Whether each line is a record of its own, however the first ones look. */
  readonly isRecords?: boolean;
  /** Whether it is an object of errors of Firehose, whose lines have records inside. */
  readonly isErrors?: boolean;
  /** Set for an object on S3. `path` is then its URI until it is downloaded. */
  readonly object?: InputObject;
}

/** The format that a file name's extension gives. */
export interface NamedFormat {
  readonly format: InputFormat | undefined;
  readonly compression: Compression | undefined;
}

/** What the ending of a file's name says of its packing, and what the ending before it, or else the only one, says of its format. */
export const namedCompressions: Readonly<Record<string, Compression>> = {
  '.gz': 'gzip',
  '.gzip': 'gzip',
  '.zst': 'zstd',
  '.zstd': 'zstd',
};
export const namedFormats: Readonly<Record<string, InputFormat>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.parquet': 'parquet',
  '.pq': 'parquet',
};

/** Reads format and compression from a file name's extensions: `events.csv.gz` is gzip with CSV inside. */
export function namedFormat(name: string): NamedFormat {
  const packed = namedCompressions[extname(name).toLowerCase()];
  const inner = packed ? name.slice(0, -extname(name).length) : name;
  const format = namedFormats[extname(inner).toLowerCase()];
  // A name such as events.csv is a plain file.
  return { format, compression: packed ?? (format ? 'none' : undefined) };
}
