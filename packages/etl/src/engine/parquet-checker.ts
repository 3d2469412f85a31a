import { quoteName, quotePath, quoteText } from '@headwater/core/internal';
import { countOf, openDuckdbSession, rowsOf } from './duckdb-session.ts';

/** The rows of a Parquet file, every one of them decoded. */
export interface FileRows {
  readonly rows: number;
  /** Rows whose time is not on the given day; 0 without a time column. */
  readonly outside: number;
}

/** Reads Parquet files on this machine. Several at a time, up to the number it was opened for. */
export interface ParquetChecker extends AsyncDisposable {
  /** @returns what the file holds, or in words why it cannot be read */
  countRows(path: string, day: string, timeColumn: string | undefined): Promise<FileRows | string>;
}

/** Opens a checker that reads `parallel` files at a time. Temporary data goes to `spillFolder`. */
export async function openParquetChecker(
  spillFolder: string,
  parallel: number,
  signal: AbortSignal | undefined,
): Promise<ParquetChecker> {
  const session = await openDuckdbSession(spillFolder, { signal });
  const free = await Promise.all(Array.from({ length: parallel }, () => session.connect()));
  return {
    async countRows(path, day, timeColumn) {
      const connection = free.pop() ?? (await session.connect());
      try {
        const outside = timeColumn
          ? `count(*) FILTER (${quoteName(timeColumn)}::DATE <> DATE ${quoteText(day)})`
          : '0';
        const [row] = await rowsOf(
          connection,
          `SELECT count(*) AS rows, ${outside} AS outside FROM read_parquet(${quotePath(path)}, hive_partitioning = false)`,
        );
        return { rows: countOf(row?.['rows']), outside: countOf(row?.['outside']) };
      } catch (error) {
        if (signal?.aborted || !(error instanceof Error)) throw error;
        return error.message.split('\n')[0] ?? 'cannot be read';
      } finally {
        free.push(connection);
      }
    },
    async [Symbol.asyncDispose]() {
      session.close();
    },
  };
}
