import type { TableSchema } from '@headwater/core';
import { type PostgresAddress, packageMissing } from '@headwater/core/internal';
import type { EngineTraits, LakeSession } from '../../session/lake-engine.ts';
import { arrowMissing } from '../common/arrow-missing.ts';
import { assertOneSelect } from '../common/one-select.ts';
import type { QuerySlotOptions } from '../common/query-slots.ts';
import { HeadwaterPostgresDialect } from './postgres-dialect.ts';
import type { PostgresDialectConfig } from './postgres-dialect-config.ts';
import type { PostgresEngineConfig } from './postgres-engine.ts';
import type { PostgresPool } from './postgres-pool.ts';

/** The parts of a session, checked. */
export interface PostgresSessionParts {
  readonly config: PostgresEngineConfig;
  readonly traits: EngineTraits;
  readonly tables: readonly TableSchema[];
  readonly address: PostgresAddress;
  readonly slots: QuerySlotOptions;
  /** Seconds after which the server cancels a query. */
  readonly seconds: number;
}

/** Tables in a PostgreSQL, whose driver is loaded with the first query. */
export function postgresSession(parts: PostgresSessionParts): LakeSession {
  const { config, traits, tables, address } = parts;
  let started: Promise<PostgresPool> | undefined;
  const begin: PostgresDialectConfig['begin'] = async (options) => {
    started ??= import('./postgres-pool.ts')
      .catch(packageMissing('pg', 'PostgreSQL'))
      .then(({ PostgresPool }) => new PostgresPool(parts));
    return (await started).begin(options);
  };
  return {
    engine: 'postgres',
    ...traits,
    place: `${address.server} ${config.schema ?? 'public'}`,
    dialect: new HeadwaterPostgresDialect({ tables, begin }),
    async plan(query) {
      const { planOf } = await import('./postgres-plan.ts');
      return planOf({ tables, begin }, query);
    },
    async readOnly(query, options) {
      const { runReadOnly } = await import('./postgres-read-only.ts');
      return runReadOnly({ tables, begin }, { ...query, sql: assertOneSelect(query.sql) }, options);
    },
    async arrow(query, options) {
      const { postgresArrow } = await import('./postgres-arrow.ts').catch(arrowMissing);
      const checked = query.query ? query : { ...query, sql: assertOneSelect(query.sql) };
      return postgresArrow({ tables, begin }, checked, options);
    },
    async close() {
      await (await started)?.close();
    },
  };
}
