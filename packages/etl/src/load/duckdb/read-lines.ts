import { quotePath, quoteText } from '@headwater/core/internal';
import type { LineScan } from '../../input/line-scan.ts';

/** The table in which the engine's CSV reader writes the lines it cannot split, by input. */
export const rejectsTable = (input: number): string => `csv_rejects_${input}`;

/** A file of lines, and how the engine splits them. */
export interface LinesToRead {
  readonly path: string;
  readonly input: number;
  readonly scan: LineScan;
  /** Names of the fields. */
  readonly fields: readonly string[];
  readonly delimiter: string;
  readonly skip: 0 | 1;
}

/** The engine's own limit, with room for a line's end. */
const usualLine = 1_900_000;
const usualBuffer = 32_000_000;

/**
 * The engine's CSV reader for lines without quotes. It is never given quotes: with them it has to guess whether a thread
 * begins within a field, and a wrong guess loses rows; without them every line feed ends a row.
 *
 * @returns a relation in SQL, with every field as text, and an empty one as NULL
 */
export function readLines({ path, input, scan, fields, delimiter, skip }: LinesToRead): string {
  const columns = fields.map((field) => `${quoteText(field)}: 'VARCHAR'`).join(', ');
  const { longest } = scan;
  const limits =
    longest > usualLine
      ? [
          `max_line_size = ${longest + 16}`,
          `buffer_size = ${Math.max(usualBuffer, 2 * longest + 32)}`,
          // Where a line is longer than a thread's part of a buffer, the next thread drops the line after it.
          'parallel = false',
        ]
      : [];
  const options = [
    `columns = {${columns}}`,
    'auto_detect = false',
    'header = false',
    `skip = ${skip}`,
    `delim = ${quoteText(delimiter)}`,
    "quote = ''",
    "escape = ''",
    `new_line = ${quoteText(scan.newline === '\n' ? '\\n' : '\\r\\n')}`,
    "compression = 'none'",
    'hive_partitioning = false',
    'store_rejects = true',
    `rejects_table = '${rejectsTable(input)}'`,
    `rejects_scan = 'csv_scans_${input}'`,
    ...limits,
  ];
  return `read_csv(${quotePath(path)}, ${options.join(', ')})`;
}
