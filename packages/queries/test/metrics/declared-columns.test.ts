import { decimal, defineEvents, lake, timestamp } from '@headwater/core';
import {
  type AnswerColumn,
  answerColumns,
  answerJsonSchema,
  describeAnswer,
  describeMetric,
  metricOf,
  metrics,
  namedMetricQuery,
  revenue,
  sessionSummary,
  tableOf,
} from '@headwater/queries';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { sessionDays, sessionRows } from '../support/random-sessions.ts';
import { history, shop } from '../support/shop.ts';
import { withLake } from '../support/with-lake.ts';

const [rows = []] = fc.sample(sessionRows(60), { numRuns: 1, seed: 7 });
const made = withLake(shop, [...history, ...rows]);

/** Every value of every parameter that is a list, with every other one. */
const questions = Object.keys(metrics).flatMap((name) => {
  const lists = describeMetric(metricOf(name)).parameters.flatMap((one) =>
    one.values ? [{ name: one.name, values: one.values }] : [],
  );
  const all = lists.reduce<Record<string, unknown>[]>(
    (some, list) => some.flatMap((one) => list.values.map((value) => ({ ...one, [list.name]: value }))),
    [{}],
  );
  return all.map((parameters) => ({ name, parameters, title: `${name} ${JSON.stringify(parameters)}` }));
});

const formats = (() => {
  const ajv = new Ajv2020({ strictSchema: false });
  addFormats.default(ajv);
  return ajv;
})();

describe.each(questions)('$title', ({ name, parameters }) => {
  const metric = metricOf(name);
  const ask = (withHidden: boolean) =>
    namedMetricQuery(
      tableOf(made.lake, 'shop'),
      metric,
      { ...sessionDays, ...parameters },
      { withHidden },
    ).rows();

  test('its rows have the declared columns, in their order, and are as its JSON Schema says', async () => {
    for (const withHidden of [false, true]) {
      const answer = await ask(withHidden);
      expect(answer.length).toBeGreaterThan(0);
      const columns = answerColumns(metric, parameters, { withHidden });
      const isValid = formats.compile(answerJsonSchema(metric, parameters, { withHidden }));
      for (const row of answer) {
        expect(Object.keys(row)).toEqual(columns.map((one) => one.name));
        expect(isValid(row), `${JSON.stringify(row)} ${formats.errorsText(isValid.errors)}`).toBe(true);
      }
    }
  });

  test('its chart draws columns that the answer has', () => {
    const { columns, chart } = describeAnswer(metric, parameters);
    const role = new Map(columns.map((one) => [one.name, one.role]));
    expect(role.get(chart.x)).toBe('dimension');
    if (chart.series !== undefined) expect(role.get(chart.series)).toBe('dimension');
    expect(chart.series).not.toBe(chart.x);
    expect(chart.y.length).toBeGreaterThan(0);
    for (const one of chart.y) expect(role.get(one), one).toBe('measure');
    const { by } = parameters;
    // What was asked for is drawn.
    if (by !== undefined && by !== 'none') expect([chart.x, chart.series]).toContain(by);
    if (parameters['sort'] !== undefined) expect(chart.y).toContain(parameters['sort']);
  });

  test('its ratios and differences are those of the measures that they name', async () => {
    const computed = answerColumns(metric, parameters).filter(({ kind }) => /ratio|difference/.test(kind));
    for (const row of await ask(true))
      for (const column of computed) {
        const { kind, isOfTotal, denominatorTimes = 1 } = column;
        // The total is over rows that a limit or a minimum may have left out; `sales.test.ts` has its values.
        if (isOfTotal) continue;
        const [first, second] = operands(column).map((one) => Number(row[one]));
        if (first === undefined || second === undefined) throw new Error(`${column.name} names no measures`);
        const expected =
          kind === 'difference' ? first - second : second === 0 ? null : first / (second * denominatorTimes);
        if (expected === null) expect(row[column.name], column.name).toBeNull();
        else expect(row[column.name], column.name).toBeCloseTo(expected, 9);
      }
  });
});

const operands = (column: AnswerColumn): string[] =>
  [column.numerator, column.denominator, column.minuend, column.subtrahend].filter(
    (one) => one !== undefined,
  );

const priced = defineEvents('priced', {
  columns: {
    at: timestamp(),
    kind: z.enum(['view', 'purchase']),
    visitor: z.string(),
    visit: z.string(),
    price: decimal(12, 3).register(lake, { unit: 'EUR' }),
  },
  roles: { time: 'at', action: 'kind', actor: 'visitor', session: 'visit', amount: 'price' },
});

test('columns are described with the type, the unit and the sensitivity that a table of them needs', () => {
  const described = (columns: readonly AnswerColumn[]) =>
    columns.map(({ name, role, kind, type, nullable, unit, additive }) =>
      [name, role, kind, type.kind, nullable ? 'null' : '', unit ?? '', additive ?? ''].join(' ').trim(),
    );
  expect(
    described(
      answerColumns(revenue, { by: 'category', grain: 'hour' }, { schema: priced.schema, withHidden: true }),
    ),
  ).toEqual([
    'period dimension time timestamp',
    'category dimension text string null',
    'orders measure count int64   time',
    'buyers measure distinct int64   none',
    'revenue measure amount decimal  EUR all',
    'averageOrderValue measure ratio double null EUR none',
    'purchasesWithoutSession measure count int64   all',
    'revenueWithoutSession measure amount decimal  EUR all',
    'revenueInOrders measure amount decimal  EUR all',
  ]);
  expect(described(answerColumns(sessionSummary)).slice(0, 3)).toEqual([
    'period dimension time date',
    'sessions measure count int64   time',
    'bounces measure count int64   time',
  ]);
  // Of a day, one day; of an hour, an instant; of the whole range, its days.
  const periodOf = (grain: string) => answerJsonSchema(revenue, { grain })['properties'];
  expect(periodOf('week')).toMatchObject({ period: { type: 'string', format: 'date' } });
  expect(periodOf('hour')).toMatchObject({ period: { type: 'string', format: 'date-time' } });
  expect(periodOf('all')).toHaveProperty('period.pattern', String.raw`^\d{4}-\d{2}-\d{2}/\d{4}-\d{2}-\d{2}$`);
  expect(periodOf('all')).not.toHaveProperty('period.format');
  expect(described(answerColumns(revenue, { by: 'category' }))[0]).toBe('period dimension time string');
  const [, visitor] = answerColumns(metricOf('frequent-visitors'));
  expect(visitor).toMatchObject({ name: 'visitor', kind: 'actor', pii: 'pseudonymous' });
  expect(answerColumns(sessionSummary).find(({ name }) => name === 'averageSeconds')).toMatchObject({
    unit: 's',
    numerator: 'milliseconds',
    denominator: 'sessions',
    denominatorTimes: 1000,
  });
  expect(answerColumns(revenue, {}, { schema: priced.schema })[3]?.type).toEqual({
    kind: 'decimal',
    precision: 38,
    scale: 3,
  });
  expect(answerColumns(revenue)[3]?.type).toEqual({ kind: 'double' });
});

test('a wrong parameter of a description is refused as one of a question is', () => {
  expect(() => answerColumns(revenue, { by: 'colour' })).toThrow(
    expect.objectContaining({ code: 'METRIC_PARAMETERS_INVALID' }),
  );
});
