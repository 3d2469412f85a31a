import type { TableSchema } from '@headwater/core';
import type { LakeEngine, LakeSession } from '../../lake/lake-engine.ts';
import { DuckdbDialect } from './duckdb-dialect.ts';
import type { DuckdbLakeSession } from './duckdb-session.ts';

/** Which lake DuckDB reads, and how much of the machine it may use. */
export interface DuckdbEngineConfig {
  /** Folder of the lake. */
  readonly lake: string;
  /** Such as `1GB`; the engine spills to disk above it. Half of the machine's memory when not given. */
  readonly memoryLimit?: string | undefined;
  /** Threads; all processors when not given. */
  readonly threads?: number | undefined;
  /** Where the engine spills to; `.tmp` in the working folder, made when needed, when not given. */
  readonly spillFolder?: string | undefined;
}

/**
 * DuckDB in this process over a lake in a local folder. Nothing is read before the first query.
 *
 * @example createLake({ tables: [clickstream], engine: duckdbEngine({ lake: './lake', memoryLimit: '1GB' }) })
 */
export function duckdbEngine(config: DuckdbEngineConfig): LakeEngine {
  return { name: 'duckdb', open: (tables) => openSession(config, tables) };
}

function openSession(config: DuckdbEngineConfig, tables: readonly TableSchema[]): LakeSession {
  let opening: Promise<DuckdbLakeSession> | undefined;
  const open = (): Promise<DuckdbLakeSession> => {
    if (opening) return opening;
    const own = import('./duckdb-session.ts')
      .then(({ openDuckdbSession }) => openDuckdbSession(config, tables, forget))
      .catch((error: unknown) => {
        // A lake that is not there yet may be there at the next query.
        forget();
        throw error;
      });
    // Only this one: the next query may have opened another since.
    function forget(): void {
      if (opening !== own) return;
      opening = undefined;
      // Queries that still run on it hold it open by their connections.
      void own.then((session) => session.close()).catch(() => undefined);
    }
    opening = own;
    return own;
  };
  return {
    engine: 'duckdb',
    lake: config.lake,
    // Those that it saw when it was opened: a later commit is not in its answers.
    files: async (table) => (await open()).files(table),
    dialect: new DuckdbDialect({ open }),
    async readOnly(text, options) {
      const [{ runReadOnly }, session] = await Promise.all([import('./duckdb-read-only.ts'), open()]);
      return runReadOnly(session, text, options);
    },
    async arrow(query, options) {
      const [{ runArrow }, session] = await Promise.all([import('./duckdb-arrow.ts'), open()]);
      return runArrow(session, query, options);
    },
    async close() {
      const closing = opening;
      opening = undefined;
      (await closing)?.close();
    },
  };
}
