import { defineEvents, type EventsTable } from '@headwater/core';
import { describeMetric, metrics, namedMetricQuery, tableOf } from '@headwater/queries';
import {
  type Parameters,
  type ReferenceName,
  referenceAnswer,
  referenceNames,
} from '@headwater/reference-answers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { market, marketRows } from '../support/market.ts';
import { plainShop } from '../support/plain-events.ts';
import { sessionRows } from '../support/random-sessions.ts';
import { history, shop } from '../support/shop.ts';
import { withLake } from '../support/with-lake.ts';

const [random = []] = fc.sample(sessionRows(150), { numRuns: 1, seed: 20 });
const rows = [...history, ...random];

/** The range that holds everything, one that cuts sessions and orders on both sides, and a single day. */
const ranges = [
  { from: '2024-03-01', to: '2024-03-09' },
  { from: '2024-03-03', to: '2024-03-04' },
  { from: '2024-03-05', to: '2024-03-05' },
  { from: '2024-03-03', to: '2024-03-03' },
];

/** Every grain and every break-down of a metric, and its other lists of values. */
const questionsOf = (metric: ReferenceName): Parameters[] => {
  const described = metrics[metric];
  if (!described) throw new Error(`No metric ${metric}`);
  const { parameters } = describeMetric(described);
  const lists = parameters.flatMap(({ name, values }) => (values ? [{ name, values }] : []));
  const questions = lists.reduce<object[]>(
    (some, { name, values }) => some.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
  // Other cohorts are asked over one range: `funnel.test.ts` cuts theirs.
  const isOnce = (one: object): boolean => 'cohort' in one && one.cohort !== 'active';
  return ranges.flatMap((range, index) =>
    questions.filter((one) => index === 1 || !isOnce(one)).map((one) => ({ ...range, ...one })),
  );
};

test('every metric that ships has a reference', () => {
  expect([...referenceNames].toSorted()).toEqual(Object.keys(metrics).toSorted());
});

/** The same shop where nobody need be known to have acted: a third of the events are of nobody, some of them in a session. */
const nobodies = defineEvents('nobodies', {
  columns: { ...shop.shape, user_id: z.int64().optional() },
  roles: shop.roles,
});
const ofNobody = rows.map((row, index) => ({ ...row, user_id: (index * 7) % 3 === 0 ? null : row.user_id }));

describe.for([
  { table: shop, rows },
  { table: market, rows: marketRows },
  { table: nobodies, rows: ofNobody },
] as const)('over $table.name', ({ table, rows: events }) => {
  const made = withLake<EventsTable>(table, events as never);
  const plain = plainShop(table, events);
  test.for(referenceNames)('%s is what its words say', async (metric) => {
    const questions = questionsOf(metric);
    expect(questions.length).toBeGreaterThanOrEqual(ranges.length);
    for (const parameters of questions) {
      const answer = await namedMetricQuery(tableOf(made.lake, table.name), metric, parameters).rows();
      expect(answer, JSON.stringify(parameters)).toEqual(referenceAnswer(plain, metric, parameters));
    }
  });
});
