import type { TableSchema } from '@headwater/core';
import { packageMissing } from '@headwater/core/internal';
import type { EngineTraits, LakeSession, Refresh } from '../../session/lake-engine.ts';
import { arrowMissing } from '../common/arrow-missing.ts';
import { DuckdbDialect } from './duckdb-dialect.ts';
import type { DuckdbDialectConfig } from './duckdb-dialect-config.ts';
import type { DuckdbEngineConfig } from './duckdb-engine.ts';
import type { LakeQueries } from './lake-queries.ts';

/** A lake in a local folder behind DuckDB, which starts with the first query. */
export function duckdbSession(
  config: DuckdbEngineConfig,
  traits: EngineTraits,
  tables: readonly TableSchema[],
  refresh: Refresh = 'query',
): LakeSession {
  let started: Promise<LakeQueries> | undefined;
  const start = (): Promise<LakeQueries> => {
    // DuckDB is native code: the first query loads it, not a program that only describes metrics.
    started ??= import('./lake-queries.ts')
      .catch(packageMissing('@duckdb/node-api', 'DuckDB'))
      .then(({ LakeQueries }) => new LakeQueries(config, tables, refresh));
    return started;
  };
  const open: DuckdbDialectConfig['open'] = async (options) => (await start()).begin(options);
  return {
    engine: 'duckdb',
    ...traits,
    lake: config.lake,
    files: async (table) => (await start()).files(table),
    rollups: async (table) => (await start()).rollups(table),
    dialect: new DuckdbDialect({ open }),
    async readOnly(query, options) {
      await start();
      const { runReadOnly } = await import('./duckdb-read-only.ts');
      return runReadOnly(open, query, options);
    },
    async arrow(query, options) {
      await start();
      const { runArrow } = await import('./duckdb-arrow.ts').catch(arrowMissing);
      return runArrow(open, query, options);
    },
    async close() {
      await (await started)?.close();
    },
  };
}
