import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteName, quotePath, quoteText } from '@headwater/core/internal';
import { countOf, openDuckdbSession, rowsOf } from './duckdb-session.ts';
import { isMachineError } from './machine-error.ts';

/** The rows of a Parquet file, every one of them decoded. */
export interface FileRows {
  readonly rows: number;
  /** Rows whose time is not on the given day; 0 without a time column. */
  readonly outside: number;
}

/** A Parquet file as its footer describes it. */
export interface FileDescription {
  readonly rows: number;
  /** Names and DuckDB types. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Compressed bytes by column. */
  readonly columnBytes: Readonly<Record<string, number>>;
  /** Smallest and largest time, ISO 8601; undefined without a time column. */
  readonly timeRange: readonly [string, string] | undefined;
}

/** Reads Parquet files on this machine. Several at a time, up to the number it was opened for. */
export interface ParquetChecker extends AsyncDisposable {
  /** @returns what the file holds, or in words why it cannot be read */
  countRows(path: string, day: string, timeColumn: string | undefined): Promise<FileRows | string>;
  /**
   * @param timeColumns names that the time column may have
   * @returns what the footer says, or in words why it cannot be read
   */
  describe(path: string, timeColumns: readonly string[]): Promise<FileDescription | string>;
}

/** Opens a checker that reads `parallel` files at a time. Temporary data goes to `spillFolder`. */
export async function openParquetChecker(
  spillFolder: string,
  parallel: number,
  signal: AbortSignal | undefined,
): Promise<ParquetChecker> {
  const session = await openDuckdbSession(spillFolder, { signal });
  const free = await Promise.all(Array.from({ length: parallel }, () => session.connect()));
  const reading = async <Found>(read: (connection: DuckDBConnection) => Promise<Found>) => {
    const connection = free.pop() ?? (await session.connect());
    try {
      return await read(connection);
    } catch (error) {
      if (signal?.aborted || !(error instanceof Error) || isMachineError(error)) throw error;
      return error.message.split('\n')[0] ?? 'cannot be read';
    } finally {
      free.push(connection);
    }
  };
  const relation = (path: string): string => `read_parquet(${quotePath(path)}, hive_partitioning = false)`;
  return {
    countRows: (path, day, timeColumn) =>
      reading(async (connection) => {
        const outside = timeColumn
          ? `count(*) FILTER (${quoteName(timeColumn)}::DATE <> DATE ${quoteText(day)})`
          : '0';
        const sql = `SELECT count(*) AS rows, ${outside} AS outside FROM ${relation(path)}`;
        const [row] = await rowsOf(connection, sql);
        return { rows: countOf(row?.['rows']), outside: countOf(row?.['outside']) };
      }),
    describe: (path, timeColumns) =>
      reading(async (connection) => {
        const columns = (await rowsOf(connection, `DESCRIBE SELECT * FROM ${relation(path)}`)).map((row) => ({
          name: String(row['column_name']),
          type: String(row['column_type']),
        }));
        const sizes = await rowsOf(
          connection,
          `SELECT split_part(path_in_schema, ', ', 1) AS name, sum(total_compressed_size)::BIGINT AS bytes
           FROM parquet_metadata(${quotePath(path)}) GROUP BY 1 ORDER BY min(column_id)`,
        );
        const time = timeColumns.find((one) => columns.some(({ name }) => name === one));
        const range = time ? `min(epoch_ms(${quoteName(time)})), max(epoch_ms(${quoteName(time)}))` : '';
        const sql = `SELECT count(*) AS rows, [${range}] AS times FROM ${relation(path)}`;
        const [row] = await rowsOf(connection, sql);
        const [first, last] = (row?.['times'] as (bigint | null)[]) ?? [];
        return {
          rows: countOf(row?.['rows']),
          columns,
          columnBytes: Object.fromEntries(sizes.map(({ name, bytes }) => [String(name), countOf(bytes)])),
          timeRange: first == null || last == null ? undefined : ([isoTime(first), isoTime(last)] as const),
        };
      }),
    async [Symbol.asyncDispose]() {
      session.close();
    },
  };
}

const isoTime = (milliseconds: bigint): string => new Date(Number(milliseconds)).toISOString();
