import { createLake, metricQuery, topProducts } from '@headwater/queries';
import { AthenaDialect } from '@headwater/queries/athena';
import { DuckdbDialect, duckdbEngine } from '@headwater/queries/duckdb';
import { TrinoDialect } from '@headwater/queries/trino';
import {
  type Dialect,
  DummyDriver,
  FunctionNode,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
  WithSchemaPlugin,
} from 'kysely';
import { expect, test } from 'vitest';
import {
  partitionDay,
  periodStartText,
  timestampLiteral,
  truncateTime,
  weekday,
} from '../src/functions/functions.ts';
import { planScans } from '../src/guard/cost/scan-plan.ts';
import { shop } from './support/shop.ts';

interface Database {
  readonly shop: { readonly dt: string; readonly event_time: Date };
}

/** Compiles and never runs. */
const unreachable = async () => Promise.reject(new Error('not reached'));
const dialects = {
  duckdb: new DuckdbDialect({ open: unreachable }),
  trino: new TrinoDialect({ tables: [shop.schema], run: unreachable }),
  athena: new AthenaDialect({ tables: [shop.schema], run: unreachable }),
} satisfies Record<string, Dialect>;
const compiledBy = (dialect: Dialect) => new Kysely<Database>({ dialect });

const query = (db: Kysely<Database>) =>
  db
    .selectFrom('shop')
    .select(({ ref }) => [
      weekday(ref('event_time')).as('weekday'),
      periodStartText('hour', truncateTime('hour', ref('event_time'))).as('period'),
    ])
    .where('dt', '=', partitionDay('2024-03-03'))
    .where('event_time', '>=', timestampLiteral(new Date('2024-03-03T00:00:00.000Z')));

test.each(['trino', 'athena'] as const)('%s writes a function in its own way', (name) => {
  expect(query(compiledBy(dialects[name])).compile().sql).toBe(
    'select day_of_week("event_time") as "weekday", ' +
      `date_format(date_trunc('hour', "event_time"), '%Y-%m-%dT%H:00:00Z') as "period" from "shop" ` +
      `where "dt" = '2024-03-03' and "event_time" >= timestamp '2024-03-03 00:00:00.000'`,
  );
});

test('duckdb writes a function in its own way, also in a query that a plugin has copied', () => {
  const copied = compiledBy(dialects.duckdb).withPlugin(new WithSchemaPlugin('lake'));
  expect(query(copied).compile().sql).toBe(
    'select isodow("event_time") as "weekday", ' +
      `strftime(cast(date_trunc('hour', "event_time") as timestamp), '%Y-%m-%dT%H:00:00Z') as "period" from "lake"."shop" ` +
      `where "dt" = date '2024-03-03' and "event_time" >= timestamp '2024-03-03 00:00:00.000'`,
  );
});

test('the guard reads the day of a partition from the call', () => {
  const { query: tree } = query(compiledBy(dialects.trino)).compile();
  expect(planScans(tree, [shop.schema])).toMatchObject([
    { table: 'shop', columns: new Set(['event_time']), days: { first: '2024-03-03', last: '2024-03-03' } },
  ]);
});

test('a compiler that cannot write a reserved function says so, in place of wrong SQL', () => {
  const postgres: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
  const unsupported = (name: string) =>
    expect.objectContaining({
      code: 'FUNCTION_UNSUPPORTED',
      payload: expect.objectContaining({ function: name }),
    });
  expect(() => query(compiledBy(postgres)).compile()).toThrow(unsupported('weekday'));
  const later = {
    expressionType: undefined,
    toOperationNode: () => FunctionNode.create('headwater:later', []),
  };
  expect(() => compiledBy(dialects.duckdb).selectFrom('shop').where(sql`${later}`, '=', 1).compile()).toThrow(
    unsupported('later'),
  );
});

test('a function of SQL keeps its name, whatever it is', () => {
  const lake = createLake({ tables: [shop], engine: duckdbEngine({ lake: './lake' }) });
  const day = { from: '2024-03-03', to: '2024-03-03' };
  const { sql: text } = lake.shop
    .between('2024-03-03', '2024-03-03')
    .select(({ fn }) => [
      fn<number>('weekday', ['event_time']).as('a'),
      fn<string>('asText', ['brand']).as('b'),
    ])
    .compile();
  expect(text).toMatch(/^select weekday\("event_time"\) as "a", asText\("brand"\) as "b" from/);
  expect(metricQuery(lake.shop, topProducts, day).sql).toContain('cast("item" as varchar)');
});
