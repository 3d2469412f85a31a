import { cpSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { ScanBudget } from '@headwater/mcp';
import { closeLake, estimateScan, namedMetricQuery, tableOf } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask, connected, failure } from './support/call.ts';
import { type MarketLake, marketLake, openMarket } from './support/market.ts';
import { type WatchedEngine, watchedEngine } from './support/watched-engine.ts';

const question = { metric: 'revenue', parameters: { from: '2024-03-03', to: '2024-03-04' } };
let made: MarketLake;
let watched: WatchedEngine;
let lake: ReturnType<typeof openMarket>;
let needed: number;

beforeAll(async () => {
  made = await marketLake();
  await made.load(['2024-03-03', '2024-03-04'], 40);
  watched = watchedEngine(duckdbEngine({ lake: made.folder, threads: 2 }));
  lake = openMarket(watched.engine);
  const query = namedMetricQuery(tableOf(lake, 'market'), 'revenue', question.parameters);
  needed = (await estimateScan(lake, query)).mostBytes;
});
beforeEach(() => {
  watched.statements.length = 0;
  watched.beforeStatement = undefined;
});
afterAll(async () => {
  await closeLake(lake);
  await made.remove();
});

const clientOf = (perCall: number, perSession: number) => {
  const budget = new ScanBudget({ perCall, perSession });
  return connected({ lake, table: 'market', budget });
};

describe('a question over the budget', () => {
  it('of a call is refused before the engine is given a statement', async () => {
    const client = await clientOf(needed - 1, needed * 10);
    const told = await failure(client, 'query_metric', question);
    expect(told).toMatchObject({
      code: 'SCAN_BUDGET_EXCEEDED',
      figures: { mostBytes: needed, limit: needed - 1 },
    });
    expect(told.message).toContain('was not run');
    expect(watched.statements).toEqual([]);
    expect((await ask(client, 'compile', question))['isWithinBudget']).toBe(false);
    expect((await ask(client, 'status'))['budget']).toMatchObject({ left: needed * 10, reserved: 0 });
    await client.close();
  });

  it('of a session is refused once the session has read too much', async () => {
    const client = await clientOf(needed, needed * 2 + 1);
    for (const used of [needed, needed * 2]) {
      const { scan, budget } = await ask(client, 'query_metric', question);
      // DuckDB does not report what it read, so the estimate is charged, and named as what it is.
      const bound = { bytes: needed, label: 'upper bound' };
      expect(scan).toEqual({ estimate: bound, charged: bound });
      expect(budget).toMatchObject({ used: { bytes: used, label: 'upper bound' }, reserved: 0 });
    }
    expect(watched.statements).toHaveLength(2);
    expect(await failure(client, 'query_metric', question)).toMatchObject({
      code: 'SESSION_BUDGET_EXCEEDED',
      figures: { mostBytes: needed, left: 1, limit: needed * 2 + 1 },
    });
    expect(watched.statements).toHaveLength(2);
    // What reads nothing is still answered.
    const nothing = { metric: 'revenue', parameters: { from: '2031-01-01', to: '2031-01-01' } };
    expect(await ask(client, 'query_metric', nothing)).toMatchObject({
      rows: [],
      scan: { charged: { bytes: 0, label: 'exact' } },
    });
    await client.close();
  });

  it('of two at once lets one pass', async () => {
    const client = await clientOf(needed, needed + 1);
    const bothEstimated = Promise.withResolvers<void>();
    watched.beforeStatement = () => bothEstimated.promise;
    const calls = [1, 2, 3].map(() => client.callTool({ name: 'query_metric', arguments: question }));
    const refused = Promise.all(
      calls.map(async (call) => {
        const { isError } = await call;
        return isError === true;
      }),
    );
    while (watched.statements.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await ask(client, 'status'))['budget']).toMatchObject({ reserved: needed, left: 1 });
    bothEstimated.resolve();
    expect((await refused).filter(Boolean)).toHaveLength(2);
    expect(watched.statements).toHaveLength(1);
    await client.close();
  });
});

describe('what a query has read', () => {
  it('replaces the reservation when the engine reports it', async () => {
    const reporting = watchedEngine(duckdbEngine({ lake: made.folder, threads: 2 }), () => 7);
    const own = openMarket(reporting.engine);
    const client = await connected({
      lake: own,
      table: 'market',
      budget: new ScanBudget({ perCall: needed, perSession: needed + 14 }),
    });
    for (const used of [7, 14]) {
      const { scan, budget } = await ask(client, 'query_metric', question);
      expect(scan).toEqual({
        estimate: { bytes: needed, label: 'upper bound' },
        charged: { bytes: 7, label: 'exact' },
      });
      expect(budget).toMatchObject({ used: { bytes: used, label: 'exact' }, left: needed + 14 - used });
    }
    await client.close();
    await closeLake(own);
  });

  it('is charged in full when the query is stopped, and its signal reaches the engine', async () => {
    const client = await clientOf(needed, needed * 3);
    const stop = new AbortController();
    const held = Promise.withResolvers<void>();
    watched.beforeStatement = () => held.promise;
    const call = ask(client, 'query_metric', question, stop.signal);
    while (watched.statements.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort(new Error('not needed any more'));
    await expect(call).rejects.toThrow('not needed any more');
    held.resolve();
    await expect
      .poll(async () => (await ask(client, 'status'))['budget'], { timeout: 20_000 })
      .toMatchObject({ reserved: 0, used: { bytes: needed, label: 'upper bound' } });
    await client.close();
  });

  it('is charged when a query takes too long, which says so', async () => {
    const budget = new ScanBudget({ perCall: needed, perSession: needed * 3 });
    const client = await connected({ lake, table: 'market', budget, timeoutSeconds: 1 });
    watched.beforeStatement = () => new Promise((resolve) => setTimeout(resolve, 1300));
    expect(await failure(client, 'query_metric', question)).toMatchObject({
      code: 'QUERY_TIMED_OUT',
      figures: { seconds: 1 },
    });
    expect(budget.state()).toMatchObject({ reserved: 0, used: { bytes: needed } });
    await client.close();
  });
});

describe('a lake that changes', () => {
  it('between calls is read as it is, and by what it costs now', async () => {
    const changing = await marketLake();
    await changing.load(['2024-03-03'], 8);
    const own = openMarket(duckdbEngine({ lake: changing.folder, threads: 2 }));
    const budget = new ScanBudget({ perCall: '1 GB', perSession: '1 GB' });
    const client = await connected({ lake: own, table: 'market', budget });
    const asked = { metric: 'daily-visitors', parameters: { from: '2024-03-03', to: '2024-03-09' } };
    const first = await ask(client, 'query_metric', asked);
    expect(first['rows']).toHaveLength(1);
    await changing.load(['2024-03-09'], 12);
    const second = await ask(client, 'query_metric', asked);
    expect((second['rows'] as { events: number }[]).map(({ events }) => events)).toEqual([24, 36]);
    expect(await ask(client, 'status')).toMatchObject({ days: { first: '2024-03-03', last: '2024-03-09' } });
    const bytesOf = (answer: object) =>
      (answer as { scan: { estimate: { bytes: number } } }).scan.estimate.bytes;
    expect(bytesOf(second)).toBeGreaterThan(bytesOf(first));
    await client.close();
    await closeLake(own);
    await changing.remove();
  });

  it('between the estimate and the query is estimated again, and never read beyond what is reserved', async () => {
    const changing = await marketLake();
    await changing.load(['2024-03-03'], 8);
    const own = openMarket(duckdbEngine({ lake: changing.folder, threads: 2 }));
    const later = `${changing.folder}-later`;
    await cp(changing.folder, later, { recursive: true });
    await changing.load(['2024-03-09'], 12, later);
    const budget = new ScanBudget({ perCall: '1 GB', perSession: '1 GB' });
    const reserve = budget.reserve.bind(budget);
    const reserved: number[] = [];
    budget.reserve = (estimate, sql) => {
      const held = reserve(estimate, sql);
      reserved.push(held.bytes);
      // The commit lands between the estimate and the query.
      if (reserved.length === 1) cpSync(later, changing.folder, { recursive: true });
      return held;
    };
    const client = await connected({ lake: own, table: 'market', budget });
    const asked = { metric: 'daily-visitors', parameters: { from: '2024-03-03', to: '2024-03-09' } };
    const { scan, rows } = await ask(client, 'query_metric', asked);
    expect(rows).toHaveLength(2);
    const [first = 0, second = 0] = reserved;
    expect(reserved).toHaveLength(2);
    expect(second).toBeGreaterThan(first);
    expect(scan).toMatchObject({ charged: { bytes: second } });
    expect(budget.state()).toMatchObject({ used: { bytes: second }, reserved: 0 });
    await client.close();
    await closeLake(own);
    await changing.remove();
  });
});
