// What is reserved is what then runs: where a rollup answers, its files are reserved and not those of the events.

import { refreshRollups } from '@headwater/etl';
import { ScanBudget } from '@headwater/mcp';
import { closeLake, estimateScan, namedMetricQuery, rollupsIn, tableOf } from '@headwater/queries';
import { duckdbEngine, openRollupWriter } from '@headwater/queries/duckdb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, connected, failure } from './support/call.ts';
import { type MarketLake, market, marketLake, openMarket } from './support/market.ts';
import { type WatchedEngine, watchedEngine } from './support/watched-engine.ts';

const days = ['2024-03-03', '2024-03-04'];
const question = { metric: 'revenue', parameters: { from: '2024-03-03', to: '2024-03-04' } };
let made: MarketLake;
let watched: WatchedEngine;
let lake: ReturnType<typeof openMarket>;

beforeAll(async () => {
  made = await marketLake();
  await made.load(days, 200);
  watched = watchedEngine(duckdbEngine({ lake: made.folder, threads: 2 }));
  lake = openMarket(watched.engine);
  const table = tableOf(lake, 'market');
  await refreshRollups({
    table: market,
    lake: made.folder,
    rollups: rollupsIn(table, [{ table: 'market', metric: 'revenue', grains: ['day'] }]),
    open: (source) => openRollupWriter({ lake: made.folder, threads: 1 }, market.schema, source),
    eventsPerGroup: 0,
  });
});
afterAll(async () => {
  await closeLake(lake);
  await made.remove();
});

it('is the size of the rollup when the rollup answers, and of the events otherwise', async () => {
  const query = namedMetricQuery(tableOf(lake, 'market'), 'revenue', question.parameters);
  const ofRollup = (await estimateScan(lake, query)).mostBytes;
  const ofEvents = (await estimateScan(lake, query, { noRollup: true })).mostBytes;
  expect(ofRollup).toBeGreaterThan(0);
  expect(ofRollup).toBeLessThan(ofEvents);

  // A budget that the events alone would exceed.
  const budget = new ScanBudget({ perCall: ofRollup, perSession: ofEvents + ofRollup });
  const client = await connected({ lake, table: 'market', budget });
  const shown = await ask(client, 'compile', question);
  expect(shown).toMatchObject({ isWithinBudget: true, estimate: { bytes: ofRollup } });
  watched.statements.length = 0;
  const { scan, rows } = await ask(client, 'query_metric', question);
  expect(rows).toHaveLength(2);
  expect(scan).toMatchObject({ estimate: { bytes: ofRollup }, charged: { bytes: ofRollup } });
  // The statement that was shown is the one that ran.
  expect(watched.statements).toEqual([shown['sql']]);
  expect(shown['sql']).not.toBe(query.sql);
  expect(budget.state()).toMatchObject({ reserved: 0, used: { bytes: ofRollup } });

  const filtered = { ...question, where: { shop: 'acme' } };
  expect(await failure(client, 'query_metric', filtered)).toMatchObject({
    code: 'SCAN_BUDGET_EXCEEDED',
    figures: { mostBytes: ofEvents },
  });
  expect(watched.statements).toHaveLength(1);
  await client.close();
});
