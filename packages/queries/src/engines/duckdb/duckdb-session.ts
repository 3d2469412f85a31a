import type { TableSchema } from '@headwater/core';
import { packageMissing } from '@headwater/core/internal';
import type { EngineTraits, LakeSession } from '../../session/lake-engine.ts';
import { arrowMissing } from '../common/arrow-missing.ts';
import type { DuckdbLake } from './duckdb-database.ts';
import { DuckdbDialect } from './duckdb-dialect.ts';
import type { DuckdbEngineConfig } from './duckdb-engine.ts';

/** A lake in a local folder behind DuckDB, which starts with the first query. */
export function duckdbSession(
  config: DuckdbEngineConfig,
  traits: EngineTraits,
  tables: readonly TableSchema[],
): LakeSession {
  let opening: Promise<DuckdbLake> | undefined;
  const open = (): Promise<DuckdbLake> => {
    if (opening) return opening;
    const own = import('./duckdb-database.ts')
      .catch(packageMissing('@duckdb/node-api', 'DuckDB'))
      .then(({ openDuckdbDatabase }) => openDuckdbDatabase(config, tables, forget))
      .catch((error: unknown) => {
        // A lake that does not exist yet may exist at the next query.
        forget();
        throw error;
      });
    // Only this one: the next query may have opened another since.
    function forget(): void {
      if (opening !== own) return;
      opening = undefined;
      // Queries that still run on it hold it open by their connections.
      void own.then((database) => database.close()).catch(() => undefined);
    }
    opening = own;
    return own;
  };
  return {
    engine: 'duckdb',
    ...traits,
    lake: config.lake,
    // The files that it saw when it was opened: a later commit is not in its answers.
    files: async (table) => (await open()).files(table),
    dialect: new DuckdbDialect({ open }),
    async readOnly(text, options) {
      const database = await open();
      const { runReadOnly } = await import('./duckdb-read-only.ts');
      return runReadOnly(database, text, options);
    },
    async arrow(query, options) {
      const database = await open();
      const { runArrow } = await import('./duckdb-arrow.ts').catch(arrowMissing);
      return runArrow(database, query, options);
    },
    async close() {
      const closing = opening;
      opening = undefined;
      (await closing)?.close();
    },
  };
}
