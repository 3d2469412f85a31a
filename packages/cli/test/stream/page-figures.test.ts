import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeLake, createLake, sql } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { afterAll, expect, it } from 'vitest';
import { pageFigures } from '../../src/stream/page/page-figures.ts';
import { streamIntoLake } from '../../src/stream/run/stream-into-lake.ts';
import { embeddedServices } from '../../src/stream/services/embedded-services.ts';
import type { LiveFigures } from '../../src/stream/view/live-figures.ts';
import { clickstream } from '../../src/template/clickstream.ts';

const root = mkdtempSync(join(tmpdir(), 'headwater-page-figures-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('the figures of a page are those of the terminal, and of the events in the lake', async () => {
  const lake = join(root, 'lake');
  const input = {
    kind: 'simulated',
    events: 5000,
    days: 1,
    start: '2019-10-01',
    seed: 4,
    dirty: 0.03,
  } as const;
  let moment: LiveFigures | undefined;
  await streamIntoLake({
    ...{ table: clickstream, lake, aws: undefined, settings: {}, speed: Number.POSITIVE_INFINITY, shards: 3 },
    services: embeddedServices,
    ...{ loadEvery: 1, signal: new AbortController().signal, hasPage: true },
    given: { input: { ...input, bots: 0.05 }, name: 'test', identity: 'page' },
    onMoment: (figures) => {
      moment = figures;
    },
  });
  if (!moment?.clock) throw new Error('no moment');
  const figures = pageFigures(moment, { isEnded: false, hasRecords: true });
  expect(figures).toMatchObject({
    sessions: moment.sessions?.at(-1),
    openCarts: moment.carts?.at(-1),
    openCartValue: moment.cartsValue,
    alertCount: moment.incidentCount,
    records: moment.counts,
  });
  const db = createLake({ tables: [clickstream], engine: duckdbEngine({ lake }) });
  const ask = async <Row>(text: string): Promise<readonly Row[]> => {
    const { batches } = await sql(db, text);
    const rows: unknown[] = [];
    for await (const batch of batches()) rows.push(...batch);
    return rows as readonly Row[];
  };
  const clock = `timestamptz '${moment.clock.toISOString()}'`;
  try {
    const [now] = await ask<{ visitors: number }>(
      `select count(distinct user_id)::int as visitors from clickstream where event_time > ${clock} - interval 5 minutes and event_time <= ${clock}`,
    );
    expect(figures.visitors).toBe(now?.visitors);
    const sellers = await ask<{ item: string; sold: number; revenue: string }>(
      `select product_id::varchar as item, count(*)::int as sold, sum(price)::varchar as revenue from clickstream
       where event_type = 'purchase' and event_time >= date_trunc('minute', ${clock}) - interval 59 minutes
       group by all order by sold desc, item limit 10`,
    );
    expect(figures.topSellers).toEqual(sellers);
    const [began] = await ask(
      `select count(*)::int as sessions, count(*) filter (where carts > 0)::int as "cartSessions",
         count(*) filter (where purchases > 0)::int as "purchaseSessions"
       from (select min(event_time) as began, count(*) filter (where event_type = 'cart') as carts,
           count(*) filter (where event_type = 'purchase') as purchases
         from clickstream where user_session is not null group by user_session)
       where began >= date_trunc('minute', ${clock}) - interval 59 minutes`,
    );
    expect(moment.page?.funnel).toEqual(began);
    const hours = await ask<{ events: number; visitors: number }>(
      `select count(*)::int as events, count(distinct user_id)::int as visitors from clickstream
       group by date_trunc('hour', event_time) order by date_trunc('hour', event_time)`,
    );
    expect(hours.length).toBeGreaterThan(20);
    expect(figures.hours.map(({ events, visitors }) => ({ events, visitors }))).toEqual(hours);
    // Who acted too fast is named by the id that notices have; its rows are not told.
    expect(figures.alerts.length).toBeGreaterThan(0);
    expect(JSON.stringify(figures.alerts)).not.toMatch(/user_session|event_time/);
  } finally {
    await closeLake(db);
  }
});
