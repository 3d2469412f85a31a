import type { Result } from '../answer/result.ts';
import type { Console } from '../output/console.ts';

/** The formats that rows can be printed in. */
export const rowFormats = ['table', 'json', 'jsonl', 'csv', 'arrow', 'parquet'] as const;

/** One of {@link rowFormats}. */
export type RowFormat = (typeof rowFormats)[number];

type Write = (result: Result, console: Console) => Promise<void>;

const writers: Readonly<Record<RowFormat, () => Promise<Write>>> = {
  table: async () => (await import('./write-table.ts')).writeTable,
  json: async () => (await import('./write-json.ts')).writeJson,
  jsonl: async () => (await import('./write-json.ts')).writeJsonLines,
  csv: async () => (await import('./write-csv.ts')).writeCsv,
  arrow: async () => writeArrow,
  parquet: async () => (await import('./write-parquet.ts')).writeParquet,
};

/** Whether a format is bytes, which a terminal cannot show. */
export const isBinary = (format: RowFormat): boolean => format === 'arrow' || format === 'parquet';

/** Writes rows to a console, in bounded memory whatever their number. */
export async function writeRows(result: Result, format: RowFormat, console: Console): Promise<void> {
  const write = await writers[format]();
  await write(result, console);
}

async function writeArrow(result: Result, console: Console): Promise<void> {
  for await (const bytes of result.ipc()) await console.write(bytes);
}
