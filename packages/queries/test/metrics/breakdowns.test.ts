import type { InferRow } from '@headwater/core';
import {
  answerColumns,
  closeLake,
  conversionFunnel,
  createLake,
  dailyVisitors,
  describeMetric,
  type Metric,
  metrics,
  namedMetricQuery,
  revenue,
  tableOf,
} from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { type MadeLake, makeLake } from '../support/made-lake.ts';
import { sessionDays, sessionRows } from '../support/random-sessions.ts';
import { history, shop } from '../support/shop.ts';

type Row = InferRow<typeof shop>;
type Answer = Readonly<Record<string, unknown>>;

const [random = []] = fc.sample(sessionRows(60), { numRuns: 1, seed: 11 });
const rows: readonly Row[] = [...history, ...random];

/** What each part of the events is, worked out in JavaScript. */
const partsOf = {
  category: (row: Row) => row.category,
  brand: (row: Row) => row.brand,
  product: (row: Row) => String(row.product_id),
  hour: (row: Row) => row.event_time.getUTCHours(),
  weekday: (row: Row) => row.event_time.getUTCDay() || 7,
} as const;
type By = keyof typeof partsOf;
const timesOf = {
  hour: { grain: 'hour', part: (period: string) => Number(period.slice(11, 13)) },
  weekday: { grain: 'day', part: (period: string) => new Date(period).getUTCDay() || 7 },
} as const;

const all = Object.values(metrics).filter((metric) => metric !== undefined);
const cases = (names: readonly By[]) =>
  all.flatMap((metric) =>
    metric.breakdowns.filter((by) => names.includes(by)).map((by) => ({ metric, by, name: metric.name })),
  );

/** Lakes of some of the rows, each made once. */
const lakes = new Map<string, Promise<MadeLake>>();
async function answerOver(
  title: string,
  some: readonly Row[],
  metric: Metric,
  parameters: object,
): Promise<Answer[]> {
  const making = lakes.get(title) ?? makeLake();
  if (!lakes.has(title))
    lakes.set(
      title,
      making.then(async (made) => {
        await made.commit(shop, some);
        return made;
      }),
    );
  const made = await lakes.get(title);
  const lake = createLake({ tables: [shop], engine: duckdbEngine({ lake: made?.folder ?? '', threads: 1 }) });
  const limit = describeMetric(metric).parameters.some(({ name }) => name === 'limit') ? { limit: 1000 } : {};
  const asked = { ...sessionDays, ...limit, ...parameters };
  const query = namedMetricQuery(tableOf(lake, 'shop'), metric, asked, { withHidden: true });
  const answered = await query.rows();
  await closeLake(lake);
  return answered;
}
afterAll(async () => {
  for (const made of lakes.values()) await (await made).remove();
});

const hasPeriod = (metric: Metric): boolean => 'period' in metric.dimensions;
const whole = (metric: Metric): object => (hasPeriod(metric) ? { grain: 'all' } : {});
const without = (by: By, { [by]: _, ...others }: Answer): Answer => others;
const partOf = (by: By, part: unknown) => rows.filter((row) => partsOf[by](row) === part);

describe.each([
  ...cases(['category', 'brand', 'product']),
  // Nothing but events counts in these, and an event is in one hour.
  ...cases(['hour', 'weekday']).filter(({ metric }) => !hasPeriod(metric)),
])('$name by $by', ({ metric, by, name }) => {
  test('is, for each part, what the metric answers over the events of that part alone', async () => {
    const answered = await answerOver('all', rows, metric, { ...whole(metric), by });
    const parts = [...new Set(rows.map((row) => partsOf[by](row)))];
    let count = 0;
    for (const part of parts) {
      const some = partOf(by, part);
      const expected = await answerOver(`${by} ${part}`, some, metric, whole(metric));
      const own = answered.filter((row) => row[by] === part).map((row) => without(by, row));
      expect(own, `${name} ${part}`).toEqual(expected);
      count += expected.length;
    }
    expect(answered).toHaveLength(count);
    expect(count).toBeGreaterThan(1);
  });
});

describe.each(cases(['hour', 'weekday']).filter(({ metric }) => hasPeriod(metric)))(
  '$name by $by',
  ({ metric, by, name }) => {
    test('adds up to the periods of the same hour or weekday, and counts distinct actors of their events', async () => {
      if (by !== 'hour' && by !== 'weekday') throw new Error(by);
      const { grain, part: partOfPeriod } = timesOf[by];
      const answered = await answerOver('all', rows, metric, { grain: 'all', by });
      const periods = await answerOver('all', rows, metric, { grain });
      const parts = new Set(periods.map(({ period }) => partOfPeriod(String(period))));
      expect(new Set(answered.map((row) => row[by]))).toEqual(parts);
      expect(answered.map((row) => row[by])).toEqual([...parts].sort((one, other) => one - other));
      const distinct = answerColumns(metric).filter(({ kind }) => kind === 'distinct');
      for (const row of answered) {
        const same = periods.filter(({ period }) => partOfPeriod(String(period)) === row[by]);
        for (const [column, { additive }] of Object.entries(metric.measures)) {
          if (additive === 'none') continue;
          const sum = same.reduce((total, one) => total + Number(one[column]), 0);
          expect(Number(row[column]), `${name}.${column} ${row[by]}`).toBeCloseTo(sum, 6);
        }
        const some = partOf(by, row[by]);
        const [events = {}] = await answerOver(`${by} ${row[by]}`, some, metric, { grain: 'all' });
        for (const { name: column } of distinct) expect(row[column], column).toBe(events[column]);
        if ('eventsWithoutSession' in row)
          expect(row['eventsWithoutSession']).toBe(some.filter(({ session }) => session === null).length);
      }
    });
  },
);

describe.each(cases(Object.keys(partsOf) as By[]))('$name by $by', ({ metric, by, name }) => {
  test('adds up over the parts where it is declared to', async () => {
    const isTime = by === 'hour' || by === 'weekday';
    const sum = (answers: readonly Answer[], column: string) =>
      answers.reduce((total, one) => total + Number(one[column]), 0);
    const answered = await answerOver('all', rows, metric, { ...whole(metric), by });
    const once = await answerOver('all', rows, metric, whole(metric));
    for (const [column, { additive }] of Object.entries(metric.measures))
      if (additive === 'all' || (additive === 'time' && isTime))
        expect(sum(answered, column), `${name}.${column}`).toBeCloseTo(sum(once, column), 6);
  });
});

/** The small history, where a session and an order cross midnight with things of several categories. */
describe('by category and day, over midnight', () => {
  const range = { from: '2024-03-03', to: '2024-03-05', grain: 'day', by: 'category' };
  const ask = (metric: Metric, ...columns: string[]) =>
    answerOver('history', history, metric, range).then((answered) =>
      answered.map((row) => columns.map((column) => row[column])),
    );

  test('a session counts for each category on the day it began, also where it has the events of one later', async () => {
    // s2 begins with phones on the 3rd and puts shoes into the cart on the 4th: its shoes count on the 3rd.
    expect(await ask(dailyVisitors, 'period', 'category', 'visitors', 'sessions', 'events')).toEqual([
      ['2024-03-03', 'phones', 2, 2, 5],
      ['2024-03-03', 'shoes', 0, 1, 0],
      ['2024-03-04', 'shoes', 2, 1, 3],
      ['2024-03-04', 'phones', 1, 1, 1],
      ['2024-03-04', null, 1, 1, 1],
      ['2024-03-05', 'phones', 2, 1, 4],
      ['2024-03-05', 'shoes', 1, 1, 1],
      ['2024-03-05', null, 1, 0, 3],
    ]);
    expect(
      await ask(conversionFunnel, 'period', 'category', 'sessions', 'cartSessions', 'purchaseSessions'),
    ).toEqual([
      ['2024-03-03', 'phones', 2, 2, 1],
      ['2024-03-03', 'shoes', 1, 1, 0],
      ['2024-03-04', 'phones', 1, 1, 1],
      ['2024-03-04', 'shoes', 1, 0, 1],
      ['2024-03-04', null, 1, 0, 1],
      ['2024-03-05', 'phones', 1, 1, 0],
      ['2024-03-05', 'shoes', 1, 1, 0],
    ]);
  });

  test('an order counts for each category that was bought, and purchases without a session have a row', async () => {
    expect(
      await ask(revenue, 'period', 'category', 'orders', 'buyers', 'revenue', 'revenueWithoutSession'),
    ).toEqual([
      ['2024-03-03', 'phones', 1, 1, 100.1, 0],
      ['2024-03-04', 'shoes', 1, 1, 20.2, 0],
      ['2024-03-04', null, 1, 1, 7.25, 0],
      ['2024-03-05', 'phones', 1, 1, 150.1, 0],
      ['2024-03-05', null, 0, 1, 7.25, 7.25],
    ]);
  });
});
