import {
  answerKey,
  createLake,
  dailyVisitors,
  isAnswerSettled,
  namedMetricQuery,
  runMetric,
  tableOf,
} from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import fc from 'fast-check';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { internals } from '../../src/lake/create-lake.ts';
import {
  inverseOfRank,
  sketchError,
  sketchEstimate,
  sketchRank,
  sketchRegister,
} from '../../src/run/rollup/sketch.ts';
import { assertSketch } from '../support/assert-sketch.ts';
import { type MadeLake, makeLake } from '../support/made-lake.ts';
import { refresh } from '../support/refresh.ts';
import { event, history, shop } from '../support/shop.ts';

type Row = Record<string, number>;
type Db = Kysely<Record<string, Row>>;

let made: MadeLake;
let close: () => Promise<void>;
let db: Db;
const open = () => createLake({ tables: [shop], engine: duckdbEngine({ lake: made.folder }) });
beforeAll(async () => {
  made = await makeLake();
  await made.commit(shop, history);
  const lake = open();
  close = async () => lake[Symbol.asyncDispose]();
  db = tableOf(lake, 'shop')[internals].db as unknown as Db;
});
afterAll(async () => {
  await close();
  await made.remove();
});

/** The registers of the sketch of keys, by group. */
const registersOf = (keys: ReturnType<typeof sql>) =>
  db
    .selectFrom(sql<Row>`(${keys})`.as('keys'))
    .select(['g', sketchRegister(sql.ref('key')).as('register')])
    .select(({ fn }) => fn.max<number>(sketchRank(sql.ref('key'))).as('rank'))
    .groupBy(['g', sketchRegister(sql.ref('key'))]);

/** The relative errors of the estimates of so many sets of so many keys, all different. */
async function errorsOf(size: number, sets: number): Promise<number[]> {
  const keys = sql`select ${sql.lit(size)} * 1000 + range as key, range // ${sql.lit(size)} as g from range(${sql.lit(size * sets)})`;
  const rows = await db
    .selectFrom(registersOf(keys).as('registers'))
    .select(({ fn }) =>
      sketchEstimate(fn.countAll(), sql`sum(${inverseOfRank(sql.ref('rank'))})`).as('estimate'),
    )
    .groupBy('g')
    .execute();
  return rows.map(({ estimate }) => (Number(estimate) - size) / size);
}

test.each([
  [10, 200],
  [100, 200],
  [1000, 200],
  [5000, 60],
  [12_000, 40],
  [100_000, 6],
  [1_000_000, 1],
])('the estimates of %i keys have the stated standard error', async (size, sets) => {
  const errors = await errorsOf(size, sets);
  expect(errors).toHaveLength(sets);
  const deviation = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / sets);
  // A single key that shares its register is more than that of few.
  expect(Math.max(...errors.map(Math.abs))).toBeLessThan(Math.max(4 * sketchError, 3 / size));
  if (sets >= 40) expect(deviation).toBeLessThan(sketchError * 1.15);
});

test('the maxima of sketches are the sketch of the union', async () => {
  const keys = fc.array(fc.nat(5000), { minLength: 1, maxLength: 300 });
  const valuesOf = (all: readonly number[], g: number) =>
    sql`select unnest([${sql.join(all.map((one) => sql.lit(one)))}]) as key, ${sql.lit(g)} as g`;
  await fc.assert(
    fc.asyncProperty(keys, keys, async (one, other) => {
      const merged = await db
        .selectFrom(registersOf(sql`${valuesOf(one, 1)} union all ${valuesOf(other, 2)}`).as('parts'))
        .select('register')
        .select(({ fn }) => fn.max('rank').as('rank'))
        .groupBy('register')
        .orderBy('register')
        .execute();
      const whole = await registersOf(valuesOf([...one, ...other], 0))
        .orderBy('register')
        .execute();
      expect(merged).toEqual(whole.map(({ register, rank }) => ({ register, rank })));
    }),
    { numRuns: 20 },
  );
});

test('the sketch of keys is that of its definition', async () => {
  await using lake = open();
  await assertSketch(lake as never, 'shop');
});

test('a sketch answers a question that says so, and no other, with its error', async () => {
  await refresh(shop, made.folder, [{ metric: 'daily-visitors', grains: ['day'], sketch: true }]);
  await using lake = open();
  const table = tableOf(lake, 'shop');
  const range = { from: '2024-03-03', to: '2024-03-05', grain: 'all' } as const;
  const exact = namedMetricQuery(table, dailyVisitors, range);
  expect(await exact.rollup()).toEqual({
    isUsed: false,
    reasons: [
      'shop__rollup_daily_visitors_day: visitors does not add up over days; a question that says `approximate` has its sketch',
    ],
  });
  const estimated = namedMetricQuery(table, dailyVisitors, range, { approximate: true });
  expect(await estimated.rollup()).toMatchObject({
    ...{ isUsed: true, how: 'summed', storedDays: 3 },
    approximate: { measures: ['visitors'], standardError: 0.01625 },
  });
  // Five keys are in five registers.
  expect(await estimated.rows()).toEqual(await exact.rows());
  expect(await runMetric(lake.shop, dailyVisitors, range, { approximate: true })).toEqual(await exact.rows());
  // Days that are not stored are sketched from the events, and merged with the others.
  await made.commit(shop, [
    event('08 10:00', 'view', 1, 10, 'late'),
    event('08 11:00', 'view', 1, 99, 'new'),
  ]);
  const wider = namedMetricQuery(table, dailyVisitors, { ...range, to: '2024-03-08' }, { approximate: true });
  expect(await wider.rollup()).toMatchObject({ storedDays: 3, freshDays: 1 });
  expect(await wider.rows()).toEqual(await wider.rows({ noRollup: true }));
  // An estimate is another answer than the count, and follows from the rollup as well.
  const key = await answerKey(lake, wider);
  expect(key).not.toBe(
    await answerKey(lake, namedMetricQuery(table, dailyVisitors, { ...range, to: '2024-03-08' })),
  );
  expect(await isAnswerSettled(lake, wider, key ?? '')).toBe(true);
  // By day, the answers themselves are stored, and are exact.
  const daily = namedMetricQuery(table, dailyVisitors, { ...range, grain: 'day' }, { approximate: true });
  expect(await daily.rollup()).not.toHaveProperty('approximate');
  // Keys are exact, and come first.
  await refresh(shop, made.folder, [{ metric: 'daily-visitors', grains: ['day'], sketch: true, keys: true }]);
  expect(await answerKey(lake, wider)).not.toBe(key);
  expect(await wider.rollup()).toMatchObject({ counted: ['visitors'] });
  expect(await wider.rollup()).not.toHaveProperty('approximate');
});
