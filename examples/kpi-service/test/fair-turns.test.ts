// One tenant cannot starve others, and hears of its own limits by another status than of those of the service.
import { join } from 'node:path';
import type { LakeEngine } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { madeEvents } from '../testing/made-events.ts';
import { loadMade } from '../testing/made-lake.ts';
import { type Fixture, type FixtureOptions, makeService, temporaryFolder } from './service-fixture.ts';

const arrow = { accept: 'application/vnd.apache.arrow.stream' };
/** Questions that are all different. */
const question = (at: number) => `/v1/metrics/top-products?from=2024-02-28&to=2024-03-01&limit=${at + 1}`;

let lake: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  const made = await temporaryFolder();
  ({ remove } = made);
  lake = join(made.folder, 'lake');
  const rows = ['north', 'south', 'west'].flatMap((merchant, seed) => [
    ...madeEvents({ merchant, seed, count: 200, start: '2024-02-28', days: 3 }),
  ]);
  await loadMade(lake, made.folder, rows);
});
afterAll(() => remove());

/** DuckDB, which runs a query when it is let go: what waits, waits for as long as a test needs. */
const held = { queries: [] as (() => void)[], begun: 0 };
function heldEngine(): LakeEngine {
  const inner = duckdbEngine({ lake, memoryLimit: '400MB' });
  return {
    ...inner,
    open(...given) {
      const session = inner.open(...given);
      return {
        ...session,
        async arrow(query, options) {
          held.begun += 1;
          const { promise, resolve, reject } = Promise.withResolvers<void>();
          options?.signal?.addEventListener('abort', () => reject(options.signal?.reason));
          held.queries.push(resolve);
          await promise;
          return session.arrow(query, options);
        },
      };
    },
  };
}
const letGo = (): void => {
  for (const go of held.queries.splice(0)) go();
};

let service: Fixture | undefined;
beforeEach(async () => {
  await service?.service.close(1);
  held.queries = [];
  held.begun = 0;
});
afterAll(async () => service?.service.close(1));
const made = (options: Partial<FixtureOptions>): Fixture => {
  service = makeService({ lake, engine: heldEngine(), ...options });
  return service;
};
const begun = (count: number) => expect.poll(() => held.begun, { timeout: 60_000 }).toBe(count);
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;

describe('a tenant that asks much', () => {
  it('is refused by its own limits, and others are answered meanwhile', async () => {
    const tenants = { north: { running: 1, waiting: 2 }, south: { running: 1, waiting: 2 } };
    const { get } = made({ tenants, limits: { running: 2, waiting: 100, waitSeconds: 60 } });
    const greedy = Array.from({ length: 8 }, (_, at) => get('north', question(at), arrow));
    // Of eight, one runs and two wait.
    const answers: Response[] = [];
    for (const each of greedy)
      void each.then((answer) => {
        if (answer.status !== 200) answers.push(answer);
      });
    await begun(1);
    await expect.poll(() => answers.length, { timeout: 60_000 }).toBe(5);
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 429, 429, 429]);
    for (const answer of answers) {
      expect(await codeOf(answer)).toBe('TENANT_BUSY');
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    }
    // The place that is left is for another tenant, at once.
    const modest = get('south', question(0), arrow);
    await begun(2);
    letGo();
    expect((await modest).status).toBe(200);
    const pump = setInterval(letGo, 5);
    const others = (await Promise.all(greedy)).filter(({ status }) => status !== 429);
    clearInterval(pump);
    expect(others.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('delays the next question of another by one of its own', async () => {
    const { get } = made({ limits: { running: 1, waiting: 100, waitSeconds: 60 } });
    const ended: string[] = [];
    const asked = (tenant: string, at: number) =>
      get(tenant, question(at), arrow).then(({ status }) => ended.push(`${tenant} ${status}`));
    const greedy = Array.from({ length: 6 }, (_, at) => asked('north', at));
    await begun(1);
    const modest = asked('south', 0);
    // Whoever waits has asked before this one is let go.
    await expect.poll(() => service?.service.limits.turns.waiting, { timeout: 60_000 }).toBe(6);
    const pump = setInterval(letGo, 5);
    await Promise.all([...greedy, modest]);
    clearInterval(pump);
    expect(ended.indexOf('south 200')).toBeLessThanOrEqual(1);
    expect(ended.filter((one) => one === 'north 200')).toHaveLength(6);
  });
});

it('a service that is full says so by 503, whoever asks', async () => {
  const { get } = made({
    tenants: { north: {}, south: {}, west: {} },
    limits: { running: 1, waiting: 1, waitSeconds: 60 },
  });
  const running = get('north', question(0), arrow);
  await begun(1);
  const waiting = get('south', question(0), arrow);
  await expect.poll(() => service?.service.limits.turns.waiting, { timeout: 60_000 }).toBe(1);
  const refused = await get('west', question(0), arrow);
  expect([refused.status, refused.headers.get('retry-after'), await codeOf(refused)]).toEqual([
    503,
    '1',
    'UNAVAILABLE',
  ]);
  const pump = setInterval(letGo, 5);
  expect([(await running).status, (await waiting).status]).toEqual([200, 200]);
  clearInterval(pump);
});

describe('equal questions at the same time', () => {
  it('are one for the engine, for each tenant', async () => {
    const { get, logged } = made({ limits: { running: 4, waiting: 100, waitSeconds: 60 } });
    const asked = ['north', 'north', 'north', 'south', 'north'].map((tenant) =>
      get(tenant, question(7), arrow),
    );
    await begun(2);
    letGo();
    const bodies = await Promise.all(asked.map(async (one) => Buffer.from(await (await one).arrayBuffer())));
    expect(held.begun).toBe(2);
    const [north, , , south] = bodies;
    for (const at of [1, 2, 4]) expect(bodies[at]?.equals(north ?? Buffer.alloc(0))).toBe(true);
    expect(south?.equals(north ?? Buffer.alloc(0))).toBe(false);
    expect(logged.filter(({ charged }) => charged !== undefined)).toHaveLength(2);
    // And then it is prepared.
    await get('north', question(7), arrow);
    expect(held.begun).toBe(2);
    expect(logged.at(-1)).toMatchObject({ cached: true });
  });

  it('go on when the one who asked first has left', async () => {
    const { service: own, tokenOf, get } = made({});
    const leaving = new AbortController();
    const headers = { authorization: `Bearer ${tokenOf('north')}`, ...arrow };
    const first = own.app.request(
      new Request(`http://kpi${question(3)}`, { headers, signal: leaving.signal }),
    );
    await begun(1);
    const second = get('north', question(3), arrow);
    leaving.abort(new Error('gone'));
    await Promise.resolve(first).catch(() => undefined);
    await begun(2);
    letGo();
    expect((await second).status).toBe(200);
  });
});
