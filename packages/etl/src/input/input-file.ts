import { extname } from 'node:path';

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
  /** What its name says, or the user; undefined when neither does. Its content says it then. */
  readonly format: InputFormat | undefined;
  readonly compression: Compression | undefined;
}

/** What the ending of a name says. */
export interface NamedFormat {
  readonly format: InputFormat | undefined;
  readonly compression: Compression | undefined;
}

const compressions: Readonly<Record<string, Compression>> = {
  '.gz': 'gzip',
  '.gzip': 'gzip',
  '.zst': 'zstd',
  '.zstd': 'zstd',
};
const formats: Readonly<Record<string, InputFormat>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.parquet': 'parquet',
  '.pq': 'parquet',
};

/** The format and the compression that a file's name says: `events.csv.gz` is gzip, and CSV inside. */
export function namedFormat(name: string): NamedFormat {
  const packed = compressions[extname(name).toLowerCase()];
  const inner = packed ? name.slice(0, -extname(name).length) : name;
  const format = formats[extname(inner).toLowerCase()];
  // A name that says CSV and no compression is a plain file.
  return { format, compression: packed ?? (format ? 'none' : undefined) };
}
