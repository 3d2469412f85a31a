import { mkdir } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { EngineLimits } from './engine-limits.ts';
import { sizeBytes } from './size-text.ts';

/** An engine for one run, with its connections. */
export interface DuckdbSession {
  /** Processors it may use. */
  readonly threads: number;
  connect(): Promise<DuckDBConnection>;
  close(): void;
}

/** The engine counts its buffers, not its allocator's slack nor Node: it gets this share of the process's limit. */
const engineShare = 0.75;

/**
 * Starts an engine in process.
 *
 * @param spillFolder for temporary data; it is created
 * @param limits `signal` interrupts every running statement
 */
export async function openDuckdbSession(
  spillFolder: string,
  limits: EngineLimits & { readonly signal?: AbortSignal | undefined },
): Promise<DuckdbSession> {
  const { memoryLimit, signal } = limits;
  const processBytes =
    memoryLimit === undefined ? totalmem() / 2 : sizeBytes('memoryLimit', memoryLimit, { least: '100MB' });
  const threads = limits.threads ?? availableParallelism();
  await mkdir(spillFolder, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: `${Math.floor((engineShare * processBytes) / 1e6)}MB`,
    temp_directory: spillFolder,
    threads: String(threads),
  });
  const connections: DuckDBConnection[] = [];
  const interrupt = (): void => {
    for (const connection of connections) connection.interrupt();
  };
  signal?.addEventListener('abort', interrupt, { once: true });
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
    close() {
      signal?.removeEventListener('abort', interrupt);
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
