import { createHash } from 'node:crypto';
import type { EventsTable } from '@headwater/core';
import { type Lake, tableOf } from '@headwater/queries';
import { type Kysely, sql } from 'kysely';
import { expect } from 'vitest';
import { internals } from '../../src/lake/create-lake.ts';
import { inverseOfRank, sketchEstimate, sketchRank, sketchRegister } from '../../src/run/rollup/sketch.ts';

/** The register and the rank of a key, written from the definition in words, bit by bit. */
function placeOf(key: string): readonly [register: string, rank: number] {
  const digits = createHash('md5').update(key).digest('hex');
  const bits = [...digits.slice(3, 16)]
    .map((one) => Number.parseInt(one, 16).toString(2).padStart(4, '0'))
    .join('');
  return [digits.slice(0, 3), bits.includes('1') ? bits.indexOf('1') + 1 : bits.length + 1];
}

/** The registers, and the estimate, of an engine are those of the definition. */
export async function assertSketch(lake: Lake<readonly [EventsTable]>, table: string): Promise<void> {
  const db = tableOf(lake, table)[internals].db as unknown as Kysely<Record<string, Record<string, unknown>>>;
  const keys = [...Array.from({ length: 600 }, (_, index) => `k${index}`), '', 'ü', "it's"];
  const values = sql`(select * from (values ${sql.join(keys.map((key) => sql`(${sql.lit(key)})`))}) as v("key"))`;
  const registers = () =>
    db
      .selectFrom(sql<Record<string, unknown>>`${values}`.as('keys'))
      .select(sketchRegister(sql.ref('key')).as('register'))
      .select(({ fn }) => fn.max<number>(sketchRank(sql.ref('key'))).as('rank'))
      .groupBy(sketchRegister(sql.ref('key')));
  const expected = new Map<string, number>();
  for (const [register, rank] of keys.map(placeOf))
    expected.set(register, Math.max(rank, expected.get(register) ?? 0));
  const found = await registers().execute();
  expect(new Map(found.map(({ register, rank }) => [register, Number(rank)]))).toEqual(expected);
  const [estimated] = await db
    .selectFrom(registers().as('registers'))
    .select(({ fn }) =>
      sketchEstimate(fn.countAll(), sql`sum(${inverseOfRank(sql.ref('rank'))})`).as('estimate'),
    )
    .execute();
  expect(Math.abs(Number(estimated?.estimate) - keys.length)).toBeLessThan(15);
}
