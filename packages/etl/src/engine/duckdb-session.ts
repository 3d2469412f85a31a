import { totalmem } from 'node:os';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { HeadwaterError } from '@headwater/core';

/** How much of the machine a run may use. */
export interface EngineLimits {
  /** Such as `1GB`, for the whole process; the engine spills to disk above it. Half of the machine's memory when not given. */
  readonly memoryLimit?: string | undefined;
  /** Threads; all processors when not given. */
  readonly threads?: number | undefined;
}

/** An engine for one run, with its connections. */
export interface DuckdbSession {
  connect(): Promise<DuckDBConnection>;
  /** Stops every running statement. */
  interrupt(): void;
  close(): void;
}

/** The engine counts its buffers, not its allocator's slack nor Node: it gets this share of the process's limit. */
const engineShare = 0.75;

const megabytes: Readonly<Record<string, number>> = {
  MB: 1,
  GB: 1000,
  TB: 1e6,
  MIB: 1.048576,
  GIB: 1073.741824,
  TIB: 1099511.627776,
};

/** A limit such as `1GB` in megabytes; half of the machine's memory when there is none. */
function processMegabytes(limit: string | undefined): number {
  if (limit === undefined) return totalmem() / 2e6;
  const match = /^(\d+(?:\.\d+)?)\s*([KMGT]i?B)$/i.exec(limit.trim());
  const unit = megabytes[match?.[2]?.toUpperCase() ?? ''];
  if (!match || unit === undefined || Number(match[1]) * unit < 100) {
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'memoryLimit',
      value: limit,
      expected: 'a size of at least 100MB, such as 1GB',
    });
  }
  return Number(match[1]) * unit;
}

/** Starts an engine in process. Temporary data goes to `spillFolder`, which must exist. */
export async function openDuckdbSession(spillFolder: string, limits: EngineLimits): Promise<DuckdbSession> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: `${Math.floor(engineShare * processMegabytes(limits.memoryLimit))}MB`,
    temp_directory: spillFolder,
    ...(limits.threads ? { threads: String(limits.threads) } : {}),
  });
  const connections: DuckDBConnection[] = [];
  return {
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
