import type { Console } from './console.ts';
import type { Result } from './result.ts';

/** The forms a result can be printed in. */
export const resultFormats = ['table', 'json', 'jsonl', 'csv', 'arrow', 'parquet'] as const;

/** One of {@link resultFormats}. */
export type ResultFormat = (typeof resultFormats)[number];

type Write = (result: Result, console: Console) => Promise<void>;

const writers: Readonly<Record<ResultFormat, () => Promise<Write>>> = {
  table: async () => (await import('./write-table.ts')).writeTable,
  json: async () => (await import('./write-json.ts')).writeJson,
  jsonl: async () => (await import('./write-json.ts')).writeJsonLines,
  csv: async () => (await import('./write-csv.ts')).writeCsv,
  arrow: async () => writeArrow,
  parquet: async () => (await import('./write-parquet.ts')).writeParquet,
};

/** Whether a form is bytes, which a terminal cannot show. */
export const isBinary = (format: ResultFormat): boolean => format === 'arrow' || format === 'parquet';

/** Writes a result to a console, in bounded memory whatever its size. */
export async function writeResult(result: Result, format: ResultFormat, console: Console): Promise<void> {
  const write = await writers[format]();
  await write(result, console);
}

async function writeArrow(result: Result, console: Console): Promise<void> {
  for await (const bytes of result.ipc()) await console.write(bytes);
}
