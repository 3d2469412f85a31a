import { defineEvents, timestamp } from '@headwater/core';
import { closeLake, createLake, metricQuery, revenue, runMetric, topProducts } from '@headwater/queries';
import { redshiftEngine } from '@headwater/queries/redshift';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { shop } from './support/shop.ts';

const lake = createLake({ tables: [shop], engine: redshiftEngine() });
const day = { from: '2024-03-03', to: '2024-03-03' };
const bounded = () => lake.shop.between(day.from, day.to);
const selected = (text: string): string => text.slice('select '.length, text.indexOf(' from "shop"'));

test('a condition of an aggregate is a case in its argument', () => {
  const { sql: text } = bounded()
    .select(({ fn }) => [
      fn.countAll<number>().filterWhere('brand', 'is', null).as('a'),
      fn
        .count<number>('user_id')
        .distinct()
        .filterWhere('price', '>', 1)
        .filterWhere('price', '<', 9)
        .as('b'),
    ])
    .compile();
  expect(selected(text)).toBe(
    'cast(count(case when "brand" is null then 1 end) as decimal(15, 0)) as "a", ' +
      'cast(count(distinct case when "price" > $1 and "price" < $2 then "user_id" end) as decimal(15, 0)) as "b"',
  );
});

test('the greatest of the rows up to a time has a frame, in which equal times do not matter', () => {
  const { sql: text } = bounded()
    .select(({ fn }) => [
      fn
        .max('price')
        .over((over) => over.partitionBy('user_id').orderBy('event_time'))
        .as('a'),
      fn
        .agg<Date>('lag', ['event_time'])
        .over((over) => over.orderBy('event_time'))
        .as('b'),
      fn
        .max('price')
        .over((over) => over.partitionBy('user_id'))
        .as('c'),
    ])
    .compile();
  expect(selected(text)).toBe(
    'max("price") over(partition by "user_id" order by "event_time", "price" desc nulls last rows unbounded preceding) as "a", ' +
      'lag("event_time") over(order by "event_time") as "b", max("price") over(partition by "user_id") as "c"',
  );
});

test('an aggregate that depends on the order of equal rows is refused', () => {
  const running = () =>
    bounded()
      .select(({ fn }) =>
        fn
          .sum('price')
          .over((over) => over.orderBy('event_time'))
          .as('total'),
      )
      .compile();
  expect(running).toThrow(expect.objectContaining({ code: 'FUNCTION_UNSUPPORTED' }));
});

test('texts: a backslash is written twice, a boolean is named, a comparison that knows nulls is written out', () => {
  const flags = defineEvents('flags', {
    columns: {
      at: timestamp(),
      is_member: z.boolean().optional(),
      kind: z.enum(['view', 'purchase']),
      price: z.number(),
      who: z.string(),
    },
    roles: { time: 'at', action: 'kind', amount: 'price', actor: 'who' },
  });
  const members = createLake({ tables: [flags], engine: redshiftEngine() });
  expect(metricQuery(members.flags, revenue, { ...day, by: 'is_member' }).sql).toContain(
    `case when "part_column" then 'true' when not "part_column" then 'false' end as "part"`,
  );
  const { sql: text } = bounded()
    .select([sql.lit('a\\b').as('a')])
    .where('brand', 'is not distinct from', 'acme')
    .compile();
  expect(text).toContain(`'a\\\\b' as "a"`);
  expect(text).toContain('coalesce("brand" = $1, "brand" is null and $1 is null)'.replace('$1 is', '$2 is'));
});

test('it runs nothing, and says what does', async () => {
  await expect(runMetric(lake.shop, topProducts, day)).rejects.toMatchObject({
    code: 'QUERY_FAILED',
    payload: { engine: 'redshift' },
  });
  await closeLake(lake);
});
