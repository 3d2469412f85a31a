// A query over the rows of a viewer, within a budget, on a real lake.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanBudget, type Scanned, timeLimit, viewerQuery, withinBudget } from '@headwater/access';
import { decimal, defineEvents, timestamp } from '@headwater/core';
import { loadEvents } from '@headwater/etl';
import { closeLake, createLake, estimateScan, revenue, tableOf } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

const orders = defineEvents('orders', {
  columns: {
    at: timestamp(),
    kind: z.enum(['view', 'purchase']),
    item: z.string(),
    price: decimal(10, 2),
    visitor: z.string(),
    visit: z.string(),
    shop: z.string(),
  },
  roles: {
    time: 'at',
    action: 'kind',
    item: 'item',
    amount: 'price',
    actor: 'visitor',
    session: 'visit',
  },
});
const shops = ['acme', 'zeta'];
const days = ['2024-03-03', '2024-03-04', '2024-03-05'];
const parameters = { from: '2024-03-03', to: '2024-03-05' };
const viewer = { where: { shop: 'acme' }, permissionClass: 'no_pii' } as const;

let folder: string;
const open = () => createLake({ tables: [orders], engine: duckdbEngine({ lake: join(folder, 'lake') }) });
let lake: ReturnType<typeof open>;
let needed: number;
let budget: ScanBudget;
const signal = new AbortController().signal;
const asked = () => viewerQuery(tableOf(lake, 'orders'), { metric: revenue, parameters }, viewer).query;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-access-'));
  const rows = shops.flatMap((shop, at) =>
    days.map((day) => ({
      ...{ at: `${day}T10:00:00Z`, kind: 'purchase', item: 'tea', price: `${at + 1}.50` },
      ...{ visitor: shop, visit: `${shop} ${day}`, shop },
    })),
  );
  const file = join(folder, 'orders.jsonl');
  await writeFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  await loadEvents({ table: orders, lake: join(folder, 'lake'), inputs: [file] });
  lake = open();
  needed = (await estimateScan(lake, asked())).mostBytes;
});
beforeEach(() => {
  budget = new ScanBudget({ perCall: needed, perSession: needed * 2 });
});
afterAll(async () => {
  await closeLake(lake);
  await rm(folder, { recursive: true });
});

describe('a query within a budget', () => {
  it('is charged, whether or not somebody listens', async () => {
    const told: Scanned[] = [];
    for (const onScanned of [undefined, (scanned: Scanned) => void told.push(scanned)]) {
      const query = asked();
      const rows: object[] = [];
      const run = { lake, query, budget, signal, onScanned };
      for await (const row of withinBudget(run, (options) => query.stream(options))) rows.push(row);
      expect(rows).toMatchObject(days.map((period) => ({ period, revenue: 1.5 })));
    }
    const bound = { bytes: needed, label: 'upper bound' };
    expect(told).toEqual([{ estimate: bound, charged: bound, isReused: false }]);
    expect(budget.state()).toMatchObject({ reserved: 0, used: { bytes: needed * 2 }, left: 0 });
  });

  it('holds its bytes while it is read, and is charged when it is left', async () => {
    const query = asked();
    const rows = withinBudget({ lake, query, budget, signal }, (options) => query.stream(options));
    expect(budget.state().reserved).toBe(0);
    await rows.next();
    expect(budget.state()).toMatchObject({ reserved: needed, used: { bytes: 0 } });
    await rows.return();
    expect(budget.state()).toMatchObject({ reserved: 0, used: { bytes: needed } });
  });

  it('begins only when it fits, and gives back what was not run', async () => {
    const small = new ScanBudget({ perCall: needed - 1, perSession: needed });
    let begun = 0;
    const query = asked();
    const run = async (of: ScanBudget, given = signal) => {
      const rows = withinBudget({ lake, query, budget: of, signal: given }, (options) => {
        begun += 1;
        return query.stream(options);
      });
      for await (const _ of rows);
    };
    await expect(run(small)).rejects.toMatchObject({ code: 'SCAN_BUDGET_EXCEEDED' });
    await expect(run(budget, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    expect([begun, small.state().used.bytes, budget.state().reserved]).toEqual([0, 0, 0]);
    const closed = open();
    await closeLake(closed);
    const rows = withinBudget({ lake, query, budget, signal }, (options) =>
      viewerQuery(tableOf(closed, 'orders'), { metric: revenue, parameters }, viewer).query.stream(options),
    );
    await expect(rows.next()).rejects.toMatchObject({ code: 'LAKE_CLOSED' });
    expect(budget.state()).toMatchObject({ reserved: 0, used: { bytes: 0 } });
  });
});

describe('the rows of a viewer', () => {
  const question = (where: object | undefined, own: object = {}) =>
    viewerQuery(
      tableOf(lake, 'orders'),
      { metric: revenue, parameters: { ...parameters, ...own }, where: { ...where } },
      viewer,
    );

  it('are a condition of the statement, beside what is asked', () => {
    expect(question({ item: 'tea' }).parameters).toEqual({
      ...parameters,
      where: { item: 'tea', shop: 'acme' },
    });
    expect(question({}).query.parameters).toContain('acme');
  });

  it.each([
    [{ shop: 'zeta' }, 'FILTER_NOT_ALLOWED'],
    [{ shop: 'acme' }, 'FILTER_NOT_ALLOWED'],
    [{ shop: undefined }, 'FILTER_NOT_ALLOWED'],
    [{ SHOP: 'zeta' }, 'FILTER_NOT_ALLOWED'],
    [JSON.parse('{ "__proto__": "zeta" }'), 'FILTER_NOT_ALLOWED'],
  ])('cannot be changed by the filter %j', (where, code) => {
    expect(() =>
      viewerQuery(tableOf(lake, 'orders'), { metric: revenue, parameters, where }, viewer),
    ).toThrow(expect.objectContaining({ code }));
  });

  it('cannot be changed by a filter among the parameters', () => {
    expect(() => question({}, { where: { shop: 'zeta' } })).toThrow(/where/);
  });
});

it('a limit of time tells its own end from that of the caller', async () => {
  const limit = timeLimit(0.001, signal);
  await expect.poll(() => limit.signal.aborted).toBe(true);
  expect(limit.explain(new Error('stopped'))).toMatchObject({
    code: 'QUERY_TIMED_OUT',
    payload: { seconds: 0.001 },
  });
  const left = timeLimit(60, AbortSignal.abort(new Error('gone')));
  expect(left.signal.aborted).toBe(true);
  expect(left.explain('as it is')).toBe('as it is');
});
