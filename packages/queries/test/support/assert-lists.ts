import { type Lake, sql } from '@headwater/queries';
import { expect } from 'vitest';
import type { shop } from './shop.ts';

type Shop = Lake<readonly [typeof shop]>;

/** An empty list holds nothing: no value is in it, and every value, null too, is not. */
export async function assertEmptyLists(lake: Shop): Promise<void> {
  const brands = () => lake.shop.between('2024-03-03', '2024-03-03').select('brand');
  const all = (await brands().execute()).length;
  expect(all).toBeGreaterThan(0);
  const lengthOf = async (query: ReturnType<typeof brands>) => (await query.execute()).length;
  expect(await lengthOf(brands().where('brand', 'in', []))).toBe(0);
  expect(await lengthOf(brands().where('brand', 'not in', []))).toBe(all);
  expect(await lengthOf(brands().where('product_id', 'in', []))).toBe(0);
  expect(await lengthOf(brands().where((eb) => eb.not(eb('price', 'in', []))))).toBe(all);
  const either = brands().where((eb) => eb.or([eb('brand', 'in', []), eb('product_id', '=', 1n)]));
  expect(await lengthOf(either)).toBe(await lengthOf(brands().where('product_id', '=', 1n)));
  expect(await brands().groupBy('brand').having('brand', 'in', []).execute()).toEqual([]);
}

/** Parameters of a person's statement are values, wherever they stand. */
export async function assertParameters(lake: Shop): Promise<void> {
  const text = `select ? as label, count(*) as events from shop -- ?
    where cast(dt as varchar) = '2024-03-03' and brand = ? and price > ? and product_id = ? and event_time >= ? and brand <> 'a?'`;
  const label = `it's ? "here"; drop table shop`;
  const since = new Date('2024-03-03T10:05:00.000Z');
  const { batches } = await sql(lake, text, [label, 'acme', 99.5, 1n, since]);
  const rows: Record<string, unknown>[] = [];
  for await (const batch of batches()) rows.push(...batch);
  expect(rows.map((row) => ({ ...row, events: Number(row['events']) }))).toEqual([{ label, events: 2 }]);
}
