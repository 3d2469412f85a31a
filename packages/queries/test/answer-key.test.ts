import { answerKey, closeLake, createLake, dailyVisitors, metricQuery, revenue } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { sql as raw } from 'kysely';
import { expect, test } from 'vitest';
import { makeLake } from './support/made-lake.ts';
import { event, history, shop } from './support/shop.ts';

const range = { from: '2024-03-03', to: '2024-03-05' };

test('a key stays while the answer does, and follows the question and the files of its days', async () => {
  const made = await makeLake();
  await made.commit(shop, history);
  const lake = createLake({ tables: [shop], engine: duckdbEngine({ lake: made.folder }) });
  const ofBrand = (brand: string) =>
    answerKey(lake, metricQuery(lake.shop, revenue, { ...range, where: { brand } }));
  const key = await ofBrand('acme');
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(await ofBrand('acme')).toBe(key);
  // Values of filters are parameters, not text.
  expect(await ofBrand('other')).not.toBe(key);
  expect(await answerKey(lake, metricQuery(lake.shop, dailyVisitors, range))).not.toBe(key);

  await made.commit(shop, [event('20 10:00', 'view', 1, 10, 's9')]);
  expect(await ofBrand('acme')).toBe(key);
  await made.commit(shop, [event('04 10:00', 'purchase', 1, 10, 's9')]);
  expect(await ofBrand('acme')).not.toBe(key);
  await closeLake(lake);
  await expect(ofBrand('acme')).rejects.toMatchObject({ code: 'LAKE_CLOSED' });
});

test('what follows from more than the files has no key', async () => {
  const made = await makeLake();
  await made.commit(shop, history);
  await using lake = createLake({ tables: [shop], engine: duckdbEngine({ lake: made.folder }) });
  const changing = lake.shop.between(range.from, range.to).select(raw`now()`.as('n'));
  expect(await answerKey(lake, changing)).toBeUndefined();
  expect(await answerKey(lake, 'select count(*) from shop')).toMatch(/^[0-9a-f]{64}$/);
});
