// A program that serves its metrics: to agents over HTTP by tokens, each of which sees its own rows, and to people as a page. The
// consumer tests compile and run it against the packed packages.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  FairSlots,
  newToken,
  ScanBudget,
  tokenDigest,
  tokenList,
  viewerQuery,
  withinBudget,
} from '@headwater/access';
import { decimal, defineEvents, timestamp } from '@headwater/core';
import {
  type ChartSpec,
  chartOfAnswer,
  type RunningDashboard,
  sentenceOf,
  serveDashboard,
} from '@headwater/dashboard';
import { loadEvents } from '@headwater/etl';
import { type RunningMcpHttp, serveMcpHttp, type TokenHolder } from '@headwater/mcp';
import { closeLake, createLake, describeAnswer, revenue, runMetric, tableOf } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
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

const folder = await mkdtemp(join(tmpdir(), 'headwater-serve-'));
const day = '2024-03-03';
const lines = ['acme', 'zeta'].map((shop, at) =>
  JSON.stringify({
    at: `${day}T10:00:00Z`,
    kind: 'purchase',
    item: 'tea',
    price: `${at + 1}.50`,
    visitor: shop,
    visit: shop,
    shop,
  }),
);
await writeFile(join(folder, 'orders.jsonl'), `${lines.join('\n')}\n`);
await loadEvents({ table: orders, lake: join(folder, 'lake'), inputs: [join(folder, 'orders.jsonl')] });
const lake = createLake({ tables: [orders], engine: duckdbEngine({ lake: join(folder, 'lake') }) });
const range = { from: day, to: day };

// Whoever has a token sees its own rows.
const token = newToken('shop_');
const holder: TokenHolder = {
  name: 'acme',
  sha256: tokenDigest(token),
  expires: '2100-01-01T00:00:00Z',
  where: { shop: 'acme' },
  permissionClass: 'no_pii',
};
const tokens = tokenList([holder]);
assert.deepEqual(tokens.find(token).status, 'valid');
const slots = new FairSlots({ engine: 'duckdb', running: 2, waiting: 10, waitSeconds: 10 });
const free = await slots.take('acme', { running: 1, waiting: 1 });
const viewer = { where: holder.where, permissionClass: undefined };
const { query } = viewerQuery(tableOf(lake, 'orders'), { metric: revenue, parameters: range }, viewer);
const budget = new ScanBudget({ perCall: '1 GB', perSession: '1 GB' });
const signal = AbortSignal.timeout(60_000);
const own: object[] = [];
for await (const row of withinBudget({ lake, query, budget, signal }, (options) => query.stream(options)))
  own.push(row);
free();
assert.equal(own.length, 1);
assert.equal(budget.state().used.label, 'upper bound');

const agents: RunningMcpHttp = await serveMcpHttp({
  lake,
  table: 'orders',
  tokens: {
    async holderOf(given) {
      const found = tokens.find(given);
      return found.status === 'valid' ? found.token : undefined;
    },
  },
  budget: { perCall: '1 GB', perSession: '1 GB' },
  port: 0,
});
const call = { name: 'query_metric', arguments: { metric: 'revenue', parameters: range } };
const post = (authorization: string) =>
  fetch(agents.url, {
    method: 'POST',
    headers: {
      authorization,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: call }),
  });
assert.equal((await post('Bearer nobody')).status, 401);
const told = await (await post(`Bearer ${token}`)).text();
assert.match(told, /"revenue":1.5/);
await agents.close();

const rows = await runMetric(lake.orders, revenue, range);
const now = {
  ...describeAnswer(revenue, range, { schema: orders.schema }),
  rows,
  range,
  grain: 'day',
} as const;
const spec: ChartSpec = chartOfAnswer(now);
assert.equal(spec.mark, 'line');
assert.match(sentenceOf(spec, { now }), /4/);

const page: RunningDashboard = await serveDashboard({
  lake,
  schema: orders.schema,
  days: async () => range,
  source: 'DuckDB on this computer',
  port: 0,
  token,
});
assert.equal((await fetch(page.url)).status, 401);
assert.equal((await fetch(page.url, { headers: { authorization: `Bearer ${token}` } })).status, 200);
await page.close();
await closeLake(lake);
await rm(folder, { recursive: true });
