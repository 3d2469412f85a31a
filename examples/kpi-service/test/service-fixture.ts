import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newToken, tokenDigest } from '@headwater/access';
import type { LakeEngine } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { accessFromText } from '../src/access/access-source.ts';
import type { PreparedAnswers } from '../src/answer/prepared-answers.ts';
import type { ServiceLimits } from '../src/limits/tenant-limits.ts';
import type { LogEntry } from '../src/log.ts';
import { createService, type KpiService } from '../src/service.ts';

/** Limits that no test meets unless it is about them. */
const ample = {
  requestsPerSecond: 10_000,
  burst: 100_000,
  scanBytesPerHour: 1e15,
  running: 2,
  waiting: 1000,
};

/** How a service of a test differs from the usual one. */
export interface FixtureOptions {
  readonly lake: string;
  readonly tenants?: Readonly<Record<string, Partial<typeof ample>>>;
  /** Names of tenants that have tokens, though the list of tenants lacks them. */
  readonly strangers?: readonly string[];
  readonly answers?: PreparedAnswers;
  readonly limits?: ServiceLimits;
  /** Defaults to DuckDB. */
  readonly engine?: LakeEngine;
  readonly now?: () => number;
  readonly timeoutSeconds?: number;
}

/** A service with a token for each tenant. */
export interface Fixture {
  readonly service: KpiService;
  readonly logged: readonly LogEntry[];
  tokenOf(tenant: string): string;
  /** Asks as a tenant. */
  get(tenant: string, path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
}

export const expires = '2030-01-01T00:00:00Z';

export function makeService(options: FixtureOptions): Fixture {
  const { lake, tenants = { north: {}, south: {} }, strangers = [] } = options;
  const names = [...Object.keys(tenants), ...strangers];
  const tokens = new Map(names.map((name) => [name, newToken('kpi_')]));
  const text = JSON.stringify({
    tenants: Object.fromEntries(Object.entries(tenants).map(([name, own]) => [name, { ...ample, ...own }])),
    tokens: [...tokens].map(([tenant, token]) => ({
      name: `token-of-${tenant}`,
      tenant,
      sha256: tokenDigest(token),
      expires,
    })),
  });
  const logged: LogEntry[] = [];
  const service = createService({
    engine: options.engine ?? duckdbEngine({ lake, memoryLimit: '400MB' }),
    access: accessFromText(text, 'access'),
    log: (entry) => logged.push(entry),
    ...(options.answers ? { answers: options.answers } : {}),
    ...(options.limits ? { limits: options.limits } : {}),
    ...(options.now ? { now: options.now } : {}),
    ...(options.timeoutSeconds === undefined ? {} : { timeoutSeconds: options.timeoutSeconds }),
  });
  const tokenOf = (tenant: string): string => {
    const token = tokens.get(tenant);
    if (token === undefined) throw new Error(`${tenant} has no token`);
    return token;
  };
  return {
    service,
    logged,
    tokenOf,
    get: async (tenant, path, headers = {}) =>
      service.app.request(path, { headers: { authorization: `Bearer ${tokenOf(tenant)}`, ...headers } }),
  };
}

/** A folder of a test, with what removes it. */
export async function temporaryFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-kpi-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
