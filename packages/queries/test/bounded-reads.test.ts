import { defineEvents, timestamp } from '@headwater/core';
import { closeLake, createLake, estimateScan } from '@headwater/queries';
import { arrowTable } from '@headwater/queries/arrow';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { trinoEngine } from '@headwater/queries/trino';
import { sql as raw } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type MadeLake, makeLake } from './support/made-lake.ts';
import { history, shop } from './support/shop.ts';

const visits = defineEvents('visits', {
  columns: { at: timestamp(), visitor: z.int64() },
  roles: { time: 'at', actor: 'visitor' },
});
const visitRows = [
  { at: new Date('2024-03-03T09:00:00Z'), visitor: 10n },
  { at: new Date('2024-03-04T09:00:00Z'), visitor: 10n },
  { at: new Date('2024-03-09T09:00:00Z'), visitor: 10n },
];
const openOn = (engine: ReturnType<typeof duckdbEngine>) => createLake({ tables: [shop, visits], engine });
type Both = ReturnType<typeof openOn>;

let made: MadeLake;
let lake: Both;
beforeAll(async () => {
  made = await makeLake();
  await made.commit(shop, history);
  await made.commit(visits, visitRows);
  lake = openOn(duckdbEngine({ lake: made.folder, threads: 1 }));
});
afterAll(async () => {
  await closeLake(lake);
  await made.remove();
});

const third = (on: Both) => on.shop.between('2024-03-03', '2024-03-03');

/** Queries that read every day of another table beside one day of the shop. */
const accidents = {
  'a join': (on: Both) => third(on).innerJoin('visits', 'visits.visitor', 'shop.user_id').select('visits.at'),
  'a join under another name': (on: Both) =>
    third(on).leftJoin('visits as v', 'v.visitor', 'shop.user_id').select('v.at'),
  'a join with the first day alone': (on: Both) =>
    third(on)
      .innerJoin('visits', 'visits.visitor', 'shop.user_id')
      .where('visits.dt', '>=', '2024-03-03')
      .select('visits.at'),
  'a join with days that may not hold': (on: Both) =>
    third(on)
      .innerJoin('visits', 'visits.visitor', 'shop.user_id')
      .where((eb) => eb.or([eb('visits.dt', '=', '2024-03-03'), eb('visits.visitor', '=', 10n)]))
      .select('visits.at'),
  'an outer join whose days are those of the join': (on: Both) =>
    third(on)
      .rightJoin('visits', (join) =>
        join.onRef('visits.visitor', '=', 'shop.user_id').on('visits.dt', '=', '2024-03-03'),
      )
      .select('visits.at'),
  'a join of the table with itself': (on: Both) =>
    third(on).innerJoin('shop as s', 's.session', 'shop.session').select('s.brand'),
  'a join of what was asked for whole': (on: Both) =>
    on.shop.unboundedScan().innerJoin('visits', 'visits.visitor', 'shop.user_id').select('visits.at'),
  'a condition': (on: Both) =>
    third(on)
      .where((eb) =>
        eb.exists(eb.selectFrom('visits').select('at').whereRef('visits.visitor', '=', 'shop.user_id')),
      )
      .select('brand'),
  'a column': (on: Both) =>
    third(on).select((eb) =>
      eb
        .selectFrom('visits')
        .select(({ fn }) => fn.max('visits.at').as('last'))
        .as('last'),
    ),
  'a query that is joined': (on: Both) =>
    third(on)
      .innerJoin(
        ({ selectFrom }) => selectFrom('visits').select(['visits.visitor', 'visits.at']).as('v'),
        (join) => join.onRef('v.visitor', '=', 'shop.user_id'),
      )
      .select('v.at'),
  'a union': (on: Both) =>
    third(on)
      .select('user_id')
      .union((eb) => eb.selectFrom('visits').select('visitor as user_id')),
  'text inside a query': (on: Both) => third(on).select(raw<Date>`(select max(at) from visits)`.as('last')),
  'a table that text names': (on: Both) =>
    third(on)
      .innerJoin(
        raw<{ visitor: bigint; at: Date }>`${raw.table('visits')}`.as('v'),
        'v.visitor',
        'shop.user_id',
      )
      .select('v.at'),
};

describe.each(Object.entries(accidents))('%s that reads every day', (name, query) => {
  const refused = {
    code: 'SCAN_UNBOUNDED',
    payload: { table: name.includes('itself') ? 'shop' : 'visits' },
  };

  test('is refused, however it is run', async () => {
    await expect(query(lake).execute()).rejects.toMatchObject(refused);
    await expect(query(lake).stream().next()).rejects.toMatchObject(refused);
    await expect(arrowTable(lake, query(lake))).rejects.toMatchObject(refused);
  });

  test('is refused on a server before anything is sent', async () => {
    const remote = openOn(trinoEngine({ url: 'http://127.0.0.1:1', catalog: 'hive', schema: 'shop' }));
    await expect(query(remote).execute()).rejects.toMatchObject(refused);
  });

  test('can be estimated', async () => {
    expect((await estimateScan(lake, query(lake))).mostBytes).toBeGreaterThan(0);
  });
});

/** The same with bounds: the visits of user 10 on 3 and 4 March, once for each of the three events of the day. */
const bounded = {
  'a range of its own': third,
  'a joined range': (on: Both) =>
    third(on)
      .innerJoin(
        on.visits.between('2024-03-03', '2024-03-04').select(['visitor', 'at']).as('v'),
        'v.visitor',
        'shop.user_id',
      )
      .select('v.at'),
  'conditions on its day': (on: Both) =>
    third(on)
      .innerJoin('visits', 'visits.visitor', 'shop.user_id')
      .where('visits.dt', '>=', '2024-03-03')
      .where('visits.dt', '<=', '2024-03-04')
      .select('visits.at'),
  'conditions of the join': (on: Both) =>
    third(on)
      .innerJoin('visits as v', (join) =>
        join.onRef('v.visitor', '=', 'shop.user_id').on('v.dt', 'in', ['2024-03-03', '2024-03-04']),
      )
      .select('v.at'),
  'text that bounds it': (on: Both) =>
    third(on)
      .innerJoin(
        raw<{ visitor: bigint; at: Date }>`(select * from visits where dt < date '2024-03-05')`.as('v'),
        'v.visitor',
        'shop.user_id',
      )
      .select('v.at'),
};

test.each(Object.entries(bounded))('%s is read', async (_, query) => {
  const rows = await query(lake).selectAll('shop').execute();
  expect(rows.length).toBe(query === third ? 5 : 6);
});

test('the whole of another table is read where that is said', async () => {
  const all = lake.visits.unboundedScan().select(['visitor', 'at']).as('v');
  const rows = await third(lake).innerJoin(all, 'v.visitor', 'shop.user_id').select('v.at').execute();
  expect(rows).toHaveLength(9);
});

test('text that only mentions a column of a table reads nothing of it', async () => {
  const year = raw<bigint>`extract(year from shop.event_time)`;
  const [row] = await third(lake).select(year.as('year')).execute();
  expect(row).toEqual({ year: 2024n });
});
