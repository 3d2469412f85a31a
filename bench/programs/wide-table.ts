// A table of 60 columns, and questions to it. Only compiled: what its types cost the compiler is held to bench/type-budget.json.
import { calendarDate, decimal, defineEvents, type InferRow, lake, timestamp } from '@headwater/core';
import {
  cartAbandonment,
  createLake,
  metricQuery,
  revenue,
  runMetric,
  topCategories,
} from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { z } from 'zod';

const wide = defineEvents('wide', {
  columns: {
    event_time: timestamp(),
    event_type: z.enum(['view', 'cart', 'remove_from_cart', 'purchase']),
    product_id: z.int64(),
    category: z.string().optional(),
    brand: z.string().optional(),
    price: decimal(10, 2).min(0),
    user_id: z.int64().register(lake, { pii: 'pseudonymous' }),
    session: z.string().optional(),
    id_1: z.int64(),
    text_1: z.string().optional(),
    amount_1: decimal(10, 2).min(0),
    flag_1: z.boolean(),
    at_1: timestamp().optional(),
    level_1: z.enum(['low', 'middle', 'high']).optional(),
    count_1: z.int32(),
    ratio_1: z.number().optional(),
    day_1: calendarDate().optional(),
    id_2: z.int64(),
    text_2: z.string().optional(),
    amount_2: decimal(10, 2).min(0),
    flag_2: z.boolean(),
    at_2: timestamp().optional(),
    level_2: z.enum(['low', 'middle', 'high']).optional(),
    count_2: z.int32(),
    ratio_2: z.number().optional(),
    day_2: calendarDate().optional(),
    id_3: z.int64(),
    text_3: z.string().optional(),
    amount_3: decimal(10, 2).min(0),
    flag_3: z.boolean(),
    at_3: timestamp().optional(),
    level_3: z.enum(['low', 'middle', 'high']).optional(),
    count_3: z.int32(),
    ratio_3: z.number().optional(),
    day_3: calendarDate().optional(),
    id_4: z.int64(),
    text_4: z.string().optional(),
    amount_4: decimal(10, 2).min(0),
    flag_4: z.boolean(),
    at_4: timestamp().optional(),
    level_4: z.enum(['low', 'middle', 'high']).optional(),
    count_4: z.int32(),
    ratio_4: z.number().optional(),
    day_4: calendarDate().optional(),
    id_5: z.int64(),
    text_5: z.string().optional(),
    amount_5: decimal(10, 2).min(0),
    flag_5: z.boolean(),
    at_5: timestamp().optional(),
    level_5: z.enum(['low', 'middle', 'high']).optional(),
    count_5: z.int32(),
    ratio_5: z.number().optional(),
    day_5: calendarDate().optional(),
    id_6: z.int64(),
    text_6: z.string().optional(),
    amount_6: decimal(10, 2).min(0),
    flag_6: z.boolean(),
    at_6: timestamp().optional(),
    level_6: z.enum(['low', 'middle', 'high']).optional(),
    count_6: z.int32(),
  },
  roles: {
    time: 'event_time',
    action: 'event_type',
    item: 'product_id',
    category: 'category',
    brand: 'brand',
    amount: 'price',
    actor: 'user_id',
    session: 'session',
  },
});

export const fields = (row: InferRow<typeof wide>) => [
  row.id_6,
  row.amount_6,
  row.level_6?.length,
  row.at_6?.getTime(),
];

const events = createLake({ tables: [wide], engine: duckdbEngine({ lake: './lake' }) });
const range = { from: '2024-03-03', to: '2024-03-05' };

const [sales] = await runMetric(events.wide, revenue, { ...range, grain: 'month' });
const [carts] = await runMetric(events.wide, cartAbandonment, { ...range, by: 'category' });
const categories = metricQuery(events.wide, topCategories, { ...range, sort: 'views' });
const counted = await events.wide
  .between('2024-03-03', '2024-03-05')
  .where('level_1', 'in', ['low', 'high'])
  .where('price', '>', 10)
  .select(({ fn }) => [
    'brand',
    'flag_2',
    fn.countAll<number>().as('n'),
    fn.sum<string>('amount_3').as('amounts'),
  ])
  .groupBy(['brand', 'flag_2'])
  .orderBy('n', 'desc')
  .execute();
const [whole] = await events.wide.between('2024-03-03', '2024-03-05').selectAll().execute();

export const answers = [sales?.revenue, carts?.abandonmentRate, categories.sql, counted[0]?.n, whole?.text_6];
