import { defineEvents, timestamp } from '@headwater/core';
import {
  cartAbandonment,
  createLake,
  dailyVisitors,
  defineMetric,
  type LakeRow,
  metricQuery,
  revenue,
  runMetric,
} from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { expectTypeOf } from 'vitest';
import { z } from 'zod';
import { shop } from './support/shop.ts';

/** Never called: what compiles here, and what does not, is the test. */
export async function types(): Promise<void> {
  const visits = defineEvents('visits', {
    columns: { at: timestamp(), visitor: z.string() },
    roles: { time: 'at', actor: 'visitor' },
  });
  const lake = createLake({ tables: [shop, visits], engine: duckdbEngine({ lake: './lake' }) });
  const range = { from: '2024-03-03', to: '2024-03-05' };

  const rows = await runMetric(lake.shop, cartAbandonment, { ...range, by: 'category' });
  expectTypeOf(rows[0]?.cartSessions).toEqualTypeOf<number | undefined>();
  expectTypeOf(rows[0]?.abandonmentRate).toEqualTypeOf<number | null | undefined>();

  // @ts-expect-error no session, action or amount: the metric has nothing to read
  await runMetric(lake.visits, cartAbandonment, range);
  // @ts-expect-error no session
  await runMetric(lake.visits, dailyVisitors, range);
  // @ts-expect-error the range has an end
  await runMetric(lake.shop, revenue, { from: '2024-03-03' });
  // @ts-expect-error not a grain
  metricQuery(lake.shop, revenue, { ...range, grain: 'decade' });
  // @ts-expect-error no such table
  lake.orders.between('2024-03-03', '2024-03-05');

  // @ts-expect-error a read without bounds
  lake.shop.between();
  // @ts-expect-error a read without an end
  lake.shop.between('2024-03-03');
  // @ts-expect-error a table has no select of its own
  lake.shop.selectFrom('shop');

  const events = await lake.shop.between('2024-03-03', '2024-03-05').selectAll().execute();
  expectTypeOf(events[0]?.product_id).toEqualTypeOf<bigint | undefined>();
  expectTypeOf(events[0]?.event_time).toEqualTypeOf<Date | undefined>();
  expectTypeOf(events[0]?.price).toEqualTypeOf<number | undefined>();
  expectTypeOf(events[0]?.brand).toEqualTypeOf<string | null | undefined>();
  expectTypeOf<LakeRow<typeof shop>['dt']>().toEqualTypeOf<string>();
  // @ts-expect-error no such column
  lake.shop.between('2024-03-03', '2024-03-05').select('colour');
  // @ts-expect-error an id is not compared with a text
  lake.shop.between('2024-03-03', '2024-03-05').where('product_id', '=', 'x');

  const base = {
    name: 'views',
    definition: 'Events.',
    nullSessions: 'Sessions play no part.',
    parameters: z.strictObject({ from: z.string(), to: z.string() }),
    row: z.object({ events: z.number() }),
    chart: { mark: 'table', x: 'events', y: [] },
  } as const;
  defineMetric({
    ...base,
    roles: ['action'],
    additive: ['events'],
    query: ({ events: from }) =>
      from()
        .selectFrom('events')
        // @ts-expect-error amount is not among the roles
        .select('amount'),
  });
  defineMetric({
    ...base,
    roles: ['action'],
    // @ts-expect-error not a column of the row
    additive: ['sales'],
    query: ({ events: from }) => from().selectFrom('events').select('action'),
  });
}
