import { DuckDBInstance } from '@duckdb/node-api';
import {
  answerColumns,
  metricOf,
  metrics,
  metricsOssie,
  namedMetricQuery,
  readOssie,
  tableOf,
} from '@headwater/queries';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simpleName } from '../src/ossie/metrics-ossie.ts';
import { history, shop } from './support/shop.ts';
import { withLake } from './support/with-lake.ts';

const made = withLake(shop, history);
const range = { from: '2024-03-03', to: '2024-03-05' };
const exported = (engine: 'duckdb' | 'trino') => metricsOssie({ table: shop, metrics, ...range, engine });

let instance: DuckDBInstance;
beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
});
afterAll(() => instance.closeSync());

/** Runs SQL over the events, as a reader of the document would. */
async function rowsOf(statement: string): Promise<Record<string, unknown>[]> {
  const connection = await instance.connect();
  try {
    await connection.run(
      `create or replace view shop as select * from read_parquet('${made.folder}/shop/*/*.parquet', hive_partitioning = true)`,
    );
    return (await connection.runAndReadAll(statement)).getRowObjectsJS();
  } finally {
    connection.closeSync();
  }
}

describe('metrics as Apache Ossie', () => {
  it.each(['duckdb', 'trino'] as const)('are a document that its own rules accept, for %s', (engine) => {
    const { document, leftOut } = exported(engine);
    expect(readOssie(JSON.parse(JSON.stringify(document)))).toEqual(document);
    const names = document.datasets.map(({ name }) => name);
    expect(names[0]).toBe('shop');
    for (const name of Object.keys(metrics))
      expect(names.includes(simpleName(name)) !== Object.hasOwn(leftOut, name), name).toBe(true);
    expect(Object.keys(leftOut).length).toBeLessThan(3);
  });

  it('say what the metric says of the whole range, for every measure that they have', async () => {
    const { document } = exported('duckdb');
    const { datasets, metrics: measures = [] } = document;
    expect(measures.length).toBeGreaterThan(15);
    let compared = 0;
    for (const name of Object.keys(metrics)) {
      const dataset = datasets.find((one) => one.name === simpleName(name));
      const own = measures.filter(
        ({ custom_extensions: [one] = [] }) => JSON.parse(one?.data ?? '{}').metric === name,
      );
      if (!dataset || own.length === 0) continue;
      const fields = dataset.fields?.map(
        (field) => `${field.expression.dialects[0]?.expression} as ${field.name}`,
      );
      const selected = own.map((one) => `${one.expression.dialects[0]?.expression} as ${one.name}`);
      const [found] = await rowsOf(
        `with ${dataset.name} as (select ${fields?.join(', ')} from (${dataset.source})) select ${selected.join(', ')} from ${dataset.name}`,
      );
      const metric = metricOf(name);
      const isByPeriod = answerColumns(metric).some(({ kind }) => kind === 'time');
      const whole = isByPeriod ? { ...range, grain: 'all' } : range;
      const rows = await namedMetricQuery(tableOf(made.lake, 'shop'), name, whole).rows();
      for (const { name: measure } of own) {
        const column = answerColumns(metric, whole).find(
          (one) => `${dataset.name}_${simpleName(one.name)}` === measure,
        );
        if (!column) throw new Error(`No column of ${measure}`);
        const values = rows.map((row) => row[column.name]);
        // An answer without periods has no row for the whole range: what may be summed is summed here.
        if (!isByPeriod && column.additive === 'none') continue;
        const sum = () => values.reduce<number>((total, one) => total + Number(one), 0);
        const expected = isByPeriod ? values[0] : sum();
        const value = found?.[measure];
        if (expected === null) expect(value, measure).toBeNull();
        else expect(Number(value), measure).toBeCloseTo(Number(expected), 9);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(15);
  });

  it('have no sum of what must not be summed', () => {
    const { metrics: measures = [] } = exported('trino').document;
    const names = measures.map(({ name }) => name);
    expect(names).toContain('revenue_revenue');
    expect(names).toContain('cart_abandonment_abandonment_rate');
    // Distinct actors, and rows of a ranking.
    expect(names).not.toContain('daily_visitors_visitors');
    expect(names.filter((name) => name.startsWith('top_products'))).toEqual([]);
  });

  it('have values in their queries as literals', () => {
    for (const engine of ['trino', 'duckdb'] as const)
      for (const { source } of exported(engine).document.datasets) expect(source).not.toMatch(/\?|\$\d/);
    const quoted = metricsOssie({ table: shop, metrics, ...range, source: 'lake.shop' });
    expect(quoted.document.datasets[0]?.source).toBe('lake.shop');
  });

  it('need days that exist', () => {
    expect(() => metricsOssie({ table: shop, metrics, from: '2024-02-30', to: '2024-03-01' })).toThrow(
      'from',
    );
  });
});

describe('a document of Apache Ossie is refused', () => {
  const { document } = exported('trino');
  const [dataset] = document.datasets;
  it.each([
    ['with another version', { ...document, version: '0.1' }, 'version'],
    ['with an unknown member', { ...document, models: [] }, 'models'],
    ['without datasets', { ...document, datasets: [] }, 'datasets'],
    ['with a dataset twice', { ...document, datasets: [dataset, dataset] }, 'twice'],
    [
      'with a metric twice',
      { ...document, metrics: [...(document.metrics ?? []), document.metrics?.[0]] },
      'twice',
    ],
    ['with a metric of a field that is not there', { ...document, datasets: [dataset] }, 'no field'],
    [
      'with an unknown dialect',
      {
        ...document,
        metrics: [{ name: 'x', expression: { dialects: [{ dialect: 'SQL', expression: '1' }] } }],
      },
      'dialect',
    ],
  ])('%s', (_, changed, word) => {
    expect(() => readOssie(changed)).toThrow(word);
  });
});
