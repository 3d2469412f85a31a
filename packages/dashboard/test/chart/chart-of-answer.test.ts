import { describeAnswer, metricOf, metrics } from '@headwater/queries';
import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  type ChartMark,
  chartOfAnswer,
  type FunnelSpec,
  type LineSpec,
  type PeriodLength,
} from '../../src/index.ts';
import { answerOf } from '../support/answer-of.ts';
import { clickstream } from '../support/clickstream.ts';

const range = { from: '2024-03-04', to: '2024-03-10' };

/** Every column that a specification names, wherever it stands in it. */
const columnsIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'column' in value && typeof value.column === 'string' ? [value.column] : [];
  return [...own, ...Object.values(value).flatMap(columnsIn)];
};

describe.for(Object.keys(metrics))('%s', (name) => {
  const metric = metricOf(name);
  test.for(['none', ...metric.breakdowns])('by %s has a chart of declared columns', (by) => {
    const parameters = metric.breakdowns.length === 0 ? {} : { by };
    const options = { schema: clickstream.schema, withHidden: true };
    const { columns, chart } = describeAnswer(metric, parameters, options);
    const grain = (Object(metric.parameters.safeParse({ ...range, ...parameters })).data?.grain ??
      'day') as PeriodLength;
    const spec = chartOfAnswer({ metric: name, columns, chart, range, grain });
    const declared = columns.filter(({ isHidden }) => !isHidden).map((one) => one.name);
    expect(declared).toEqual(expect.arrayContaining(columnsIn(spec)));
    expect(spec.table.map(({ column }) => column)).toEqual(declared);
    // What the metric says is drawn, is drawn.
    expect(columnsIn({ ...spec, table: [] })).toEqual(
      expect.arrayContaining(chart.mark === 'table' ? [] : [chart.y[0]]),
    );
  });
});

test('the metric decides, and counts of the whole range are steps under what they are of', () => {
  const funnel = chartOfAnswer(answerOf('conversion-funnel', { grain: 'all' }, []));
  expect(funnel).toMatchObject({
    mark: 'funnel',
    steps: {
      columns: ['sessions', 'viewSessions', 'cartSessions', 'purchaseSessions'].map((column) => ({ column })),
    },
  });
  expect(chartOfAnswer(answerOf('funnel', { grain: 'all' }, []))).toMatchObject({
    mark: 'funnel',
    steps: { kind: 'rows', step: { column: 'action' }, value: { column: 'reached' } },
  });
  expect(chartOfAnswer(answerOf('peak-hours', { by: 'weekday' }, []))).toMatchObject({
    mark: 'heatmap',
    x: { column: 'hour', kind: 'hour' },
    y: { column: 'weekday', kind: 'weekday' },
    value: { column: 'events', format: { kind: 'count', digits: 0 } },
  });
  expect(chartOfAnswer(answerOf('top-brands', {}, []))).toMatchObject({
    mark: 'bar',
    title: 'Revenue (USD) by brand',
    y: { format: { kind: 'money', digits: 2, unit: 'USD' } },
  });
});

test('an axis has one unit: other measures stay in the table', () => {
  const spec = chartOfAnswer(answerOf('session-summary', {}, []));
  expect(spec).toMatchObject({
    mark: 'line',
    y: [{ column: 'averageSeconds', format: { kind: 'seconds' } }],
  });
  expect(spec.table.map(({ column }) => column)).toContain('averageEvents');
});

test('a mark without its columns is refused, with what the answer has', () => {
  const revenue = answerOf('revenue', {}, []);
  expect(() => chartOfAnswer(revenue, { measures: ['visitors'] })).toThrow(
    /revenue: as a line: visitors is no measure of the answer, which has orders, buyers, revenue/,
  );
  expect(() => chartOfAnswer(answerOf('top-brands', {}, []), { mark: 'kpi' })).toThrow(
    /as a kpi: the answer has no periods/,
  );
  expect(() => chartOfAnswer(revenue, { mark: 'heatmap' })).toThrow(/no column for its rows/);
  expect(() =>
    chartOfAnswer(answerOf('conversion-funnel', { grain: 'day' }, []), { mark: 'funnel' }),
  ).toThrow(/grain all/);
});

test('the mark that is asked for is the type of the chart', () => {
  const answer = answerOf('conversion-funnel', { grain: 'all' }, []);
  expectTypeOf(chartOfAnswer(answer, { mark: 'funnel' })).toEqualTypeOf<FunnelSpec>();
  expectTypeOf<
    Extract<ReturnType<typeof chartOfAnswer<ChartMark>>, { mark: 'line' }>
  >().toEqualTypeOf<LineSpec>();
  // @ts-expect-error a pie is no mark
  expect(() => chartOfAnswer(answer, { mark: 'pie' })).toThrow();
});
