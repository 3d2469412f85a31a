import type { TableSchema } from '@headwater/core';
import { type LakeState, packageMissing } from '@headwater/core/internal';
import type { QueryText } from '../../session/query.ts';

/** What a writer of rollups may use of the machine. */
export interface RollupWriterConfig {
  /** The lake's address. */
  readonly lake: string;
  /** Such as `1GB`; above it DuckDB spills to disk. Defaults to half of the machine's memory. */
  readonly memoryLimit?: string | undefined;
  /** Defaults to one thread for each processor. */
  readonly threads?: number | undefined;
  /** Where DuckDB spills to. */
  readonly spillFolder?: string | undefined;
  /**
   * The rows of a query, where another engine computes them: `rowsOnEngine`. DuckDB then runs the query over no events, which gives the types of
   * its columns, and reads no file of the lake. Defaults to DuckDB's own rows.
   */
  readonly rowsOf?:
    | ((query: QueryText) => AsyncIterable<readonly Readonly<Record<string, unknown>>[]>)
    | undefined;
}

/** The rows of one day, in a file of their own. */
export interface WrittenDay {
  readonly day: string;
  readonly rows: number;
}

/** Writes answers over one commit of a table as Parquet. */
export interface RollupWriter {
  /** The columns of the last answer, with their types. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /**
   * Runs the query of an answer.
   * @param query its rows have the column `period`, which begins with their day
   * @returns the rows of each day that has some
   */
  answer(query: QueryText): Promise<readonly WrittenDay[]>;
  /** Writes the rows of one day of the last answer. */
  write(day: string, file: string): Promise<void>;
  close(): void;
}

/**
 * Opens a writer over a commit of a table. Unlike queries, it may write files. It runs no statement but those of metrics.
 *
 * @param source the commit, and the folder of this machine that has its files under their paths
 * @throws HeadwaterError `SCHEMA_INCOMPATIBLE`, `PARTITIONING_CHANGED`; its answers `TYPE_UNSUPPORTED` for a value of another engine that
 *   the type of its column would change
 */
export async function openRollupWriter(
  config: RollupWriterConfig,
  schema: TableSchema,
  source: { readonly root: string; readonly state: LakeState },
): Promise<RollupWriter> {
  // DuckDB is native code: programs that write no rollup load it with their first query.
  const { startRollupWriter } = await import('./rollup-writer.ts').catch(
    packageMissing('@duckdb/node-api', 'DuckDB'),
  );
  return startRollupWriter(config, schema, source);
}
