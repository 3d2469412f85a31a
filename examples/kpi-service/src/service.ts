import { closeLake, createLake, type LakeEngine, type ResultStore, resultCache } from '@headwater/queries';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { AccessSource } from './access/access-source.ts';
import { createApp } from './app.ts';
import { storeOfTenants } from './asking-tenant.ts';
import { createLimits } from './limits/tenant-limits.ts';
import { type Log, logTo } from './log.ts';
import { events } from './marketplace.ts';
import type { ServiceEnv } from './service-env.ts';

/** What a service is made of. */
export interface ServiceConfig {
  readonly engine: LakeEngine;
  readonly access: AccessSource;
  /** Where cached answers are. Defaults to the memory of this process. */
  readonly store?: ResultStore;
  /** The memory of cached answers, where they are in this process. Defaults to 64 MB. */
  readonly cacheBytes?: string;
  /** How long one answer may take. Defaults to 30. */
  readonly timeoutSeconds?: number;
  /** Defaults to standard output. */
  readonly log?: Log;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** A service that answers requests. */
export interface KpiService {
  readonly app: OpenAPIHono<ServiceEnv>;
  readonly log: Log;
  /** From now on the service is not ready; what comes all the same is answered. */
  end(): void;
  /** Closes the lake: queries that run may end, for so many seconds. */
  close(timeoutSeconds: number): Promise<void>;
}

/**
 * A service over a lake.
 *
 * @example
 * ```ts
 * const service = createService({ engine: duckdbEngine({ lake: './lake' }), access: accessFromFile('access.json') });
 * const answer = await service.app.request('/health');
 * ```
 */
export function createService(config: ServiceConfig): KpiService {
  const { engine, access, timeoutSeconds = 30, now = Date.now } = config;
  const log = config.log ?? logTo((line) => process.stdout.write(line), now);
  const cache = resultCache({ maxBytes: config.cacheBytes ?? '64 MB' });
  const store = storeOfTenants(config.store ?? cache.store);
  const lake = createLake({ tables: [events], engine, cache: { ...cache, store } });
  let isEnding = false;
  const limits = createLimits(now);
  return {
    app: createApp({ lake, access, limits, log, timeoutSeconds, now, isEnding: () => isEnding }),
    log,
    end: () => {
      isEnding = true;
    },
    close: (seconds) => closeLake(lake, { timeoutSeconds: seconds }),
  };
}
