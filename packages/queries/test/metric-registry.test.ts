import {
  createLake,
  metricOf,
  metricRegistry,
  metrics,
  metricsOf,
  namedMetricQuery,
  tableOf,
} from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { defineMetric, grain, measure, period } from '@headwater/queries/metric';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { shop } from './support/shop.ts';

const base = {
  name: 'event-count',
  definition: 'Events of the range.',
  nullSessions: 'Sessions play no part.',
  roles: ['action'],
  dimensions: {},
  measures: { events: measure.count('Events', 'all') },
} as const;
const chart = () => ({ mark: 'table', x: 'events', y: ['events'] }) as const;
const own = defineMetric({
  ...base,
  chart,
  query: ({ events }) =>
    events()
      .selectFrom('events')
      .select(({ fn }) => fn.countAll<number>().as('events')),
});
const engine = duckdbEngine({ lake: './lake' });
const range = { from: '2024-03-03', to: '2024-03-03' };
const invalid = (problem: string) =>
  expect.objectContaining({ code: 'METRIC_INVALID', payload: { metric: expect.any(String), problem } });

test('a lake has the metrics that ship and its own, by name', () => {
  const lake = createLake({ tables: [shop], engine, metrics: [own] });
  expect(Object.keys(metricsOf(lake))).toEqual([...Object.keys(metrics), 'event-count']);
  const byName = namedMetricQuery(tableOf(lake, 'shop'), 'event-count', range);
  expect(byName.sql).toBe(namedMetricQuery(tableOf(lake, 'shop'), own, range).sql);
  expect(namedMetricQuery(tableOf(lake, 'shop'), 'revenue', range).sql).toContain('"averageOrderValue"');
});

test.each(['event-count', 'constructor', '__proto__', 'toString'])(
  '%s is unknown to a lake without it',
  (name) => {
    const lake = createLake({ tables: [shop], engine });
    const unknown = expect.objectContaining({ code: 'METRIC_UNKNOWN' });
    expect(() => namedMetricQuery(tableOf(lake, 'shop'), name, range)).toThrow(unknown);
    expect(() => metricOf(name)).toThrow(unknown);
  },
);

test('a name that another metric has, and a value that is none, are refused', () => {
  const taken = { ...own, name: 'revenue' };
  expect(() => createLake({ tables: [shop], engine, metrics: [taken] })).toThrow(
    invalid('a metric that ships with Headwater has this name; rename yours'),
  );
  expect(() => metricRegistry([own, own])).toThrow(invalid('two metrics have this name'));
  for (const junk of [undefined, 'revenue', {}, { name: 'x' }])
    expect(() => metricRegistry([junk as never])).toThrow(
      invalid('it is not a metric; make it with defineMetric'),
    );
});

test('a declaration that cannot be right is refused when it is made', () => {
  const query = () => null as never;
  const wrong = (others: object) => () => defineMetric({ ...base, chart, query, ...others } as never);
  expect(wrong({ name: 'Event Count' })).toThrow(
    invalid('its name is not in kebab case, such as repeat-views'),
  );
  expect(wrong({ dimensions: { period, events: period } })).toThrow(
    invalid('two of its columns are called events'),
  );
  expect(wrong({ dimensions: { hour: period }, breakdowns: ['hour'] })).toThrow(
    invalid('two of its columns are called hour'),
  );
  expect(wrong({ measures: { rate: measure.ratio('Rate', 'sales', 'rate') } })).toThrow(
    invalid('rate is computed of sales, which is not one of its measures'),
  );
  expect(wrong({ parameters: { by: z.string() } })).toThrow(
    invalid('its parameter by has a meaning already; grain and breakdowns declare grain and by'),
  );
  expect(wrong({ grain: grain('day') })).not.toThrow();
});
