import { extname } from 'node:path';
import { choice, text } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { type Compression, compressionOf } from '../output/whole-file.ts';
import { isBinary, type RowFormat, rowFormats } from './row-formats.ts';

/** Options of commands that answer with rows. */
export const rowOptions = {
  format: choice('FORMAT', rowFormats, 'Print the rows in this format', {
    default: "what --out's ending names, or table",
  }),
  out: text('FILE', 'Write the rows to a file (.csv, .jsonl.gz, .parquet, ...); - is standard output'),
};

/** The values of {@link rowOptions}. */
export interface RowValues {
  readonly format?: RowFormat | undefined;
  readonly out?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Where rows go, and in which format. */
export interface RowForm {
  readonly format: RowFormat;
  /** Undefined for standard output. */
  readonly out?: string;
  readonly compression?: Compression;
}

const endings: Readonly<Record<string, RowFormat>> = {
  '.txt': 'table',
  '.json': 'json',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.csv': 'csv',
  '.arrow': 'arrow',
  '.arrows': 'arrow',
  '.parquet': 'parquet',
};

/**
 * Where rows go and in which format, by the options.
 *
 * @throws UsageError for options that contradict each other, and for a file whose ending names no format
 */
export function rowForm({ format, out, json }: RowValues): RowForm {
  if (out === undefined || out === '-') {
    if (json && format !== undefined && format !== 'json')
      throw new UsageError(
        `--json prints one JSON value, and --format ${format} does not: give one of them.`,
      );
    return { format: format ?? (json ? 'json' : 'table') };
  }
  const compression = compressionOf(out);
  const name = compression ? out.slice(0, -extname(out).length) : out;
  const asked = format ?? endings[extname(name).toLowerCase()];
  if (!asked)
    throw new UsageError(
      `--out ${out}: its ending names no format. Give --format, or end it with ${Object.keys(endings).join(', ')} (text also with .gz or .zst).`,
    );
  if (compression && isBinary(asked))
    throw new UsageError(`--out ${out}: ${asked} is not compressed from outside. Leave out ${extname(out)}.`);
  return { format: asked, out, ...(compression ? { compression } : {}) };
}

/** Whether rows are printed as a table for people to look at, not to a file or for a program. */
export const isForPeople = (values: RowValues): boolean => {
  const { format, out } = rowForm(values);
  return format === 'table' && out === undefined;
};
