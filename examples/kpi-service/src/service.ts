import { closeLake, createLake, type LakeEngine } from '@headwater/queries';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { AccessSource } from './access/access-source.ts';
import type { CollectedBody } from './answer/collect-body.ts';
import { PreparedAnswers } from './answer/prepared-answers.ts';
import { SharedRuns } from './answer/shared-runs.ts';
import { createApp } from './app.ts';
import { createLimits, type Limits, type ServiceLimits } from './limits/tenant-limits.ts';
import { type Log, logTo } from './log.ts';
import { events } from './marketplace.ts';
import type { ServiceEnv } from './service-env.ts';

/** What a service is made of. */
export interface ServiceConfig {
  readonly engine: LakeEngine;
  readonly access: AccessSource;
  /** Prepared answers of all tenants. Defaults to 64 MB in the memory of this process. */
  readonly answers?: PreparedAnswers;
  /** Defaults to two questions that run and 200 that wait, for ten seconds at most. */
  readonly limits?: ServiceLimits;
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
  readonly limits: Pick<Limits, 'turns'>;
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
  const lake = createLake({ tables: [events], engine });
  let isEnding = false;
  const parts = {
    lake,
    access,
    limits: createLimits(config.limits ?? { running: 2, waiting: 200, waitSeconds: 10 }, now),
    answers: config.answers ?? new PreparedAnswers(64e6),
    runs: new SharedRuns<CollectedBody>(),
  };
  return {
    app: createApp({ ...parts, log, timeoutSeconds, now, isEnding: () => isEnding }),
    log,
    limits: parts.limits,
    end: () => {
      isEnding = true;
    },
    close: (seconds) => closeLake(lake, { timeoutSeconds: seconds }),
  };
}
