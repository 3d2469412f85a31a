import { availableParallelism, totalmem } from 'node:os';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { sizeBytes } from './size-text.ts';

/** How much of the machine a run may use. */
export interface EngineLimits {
  /** Such as `1GB`, for the whole process; the engine spills to disk above it. Half of the machine's memory when not given. */
  readonly memoryLimit?: string | undefined;
  /** Threads; all processors when not given. */
  readonly threads?: number | undefined;
}

/** An engine for one run, with its connections. */
export interface DuckdbSession {
  /** Processors it may use. */
  readonly threads: number;
  connect(): Promise<DuckDBConnection>;
  /** Stops every running statement. */
  interrupt(): void;
  close(): void;
}

/** The engine counts its buffers, not its allocator's slack nor Node: it gets this share of the process's limit. */
const engineShare = 0.75;

/** Starts an engine in process. Temporary data goes to `spillFolder`, which must exist. */
export async function openDuckdbSession(spillFolder: string, limits: EngineLimits): Promise<DuckdbSession> {
  const { memoryLimit } = limits;
  const processBytes =
    memoryLimit === undefined ? totalmem() / 2 : sizeBytes('memoryLimit', memoryLimit, { least: '100MB' });
  const threads = limits.threads ?? availableParallelism();
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: `${Math.floor((engineShare * processBytes) / 1e6)}MB`,
    temp_directory: spillFolder,
    threads: String(threads),
  });
  const connections: DuckDBConnection[] = [];
  return {
    threads,
    async connect() {
      const connection = await instance.connect();
      await connection.run(
        "SET TimeZone = 'UTC'; SET enable_progress_bar = true; SET enable_progress_bar_print = false",
      );
      connections.push(connection);
      return connection;
    },
    interrupt() {
      for (const connection of connections) connection.interrupt();
    },
    close() {
      for (const connection of connections) connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Runs a statement and gives its rows in JavaScript values. */
export async function rowsOf(connection: DuckDBConnection, sql: string): Promise<Record<string, unknown>[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJS() as Record<string, unknown>[];
}

/** A count as a number: the engine gives 64-bit integers as bigint. */
export const countOf = (value: unknown): number => Number(value ?? 0);
