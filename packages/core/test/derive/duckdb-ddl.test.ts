import { expect, test } from 'vitest';
import { deriveDuckdbDdl } from '../../src/index.ts';
import { duckdbType } from '../../src/internal.ts';
import { withDuckdb } from '../support/with-duckdb.ts';
import { shopEvents } from './shop-events.ts';

const { schema } = shopEvents;

test('DuckDB runs the statements and describes the table as it was defined', async () => {
  await withDuckdb(async (rowsOf, run) => {
    await run(deriveDuckdbDdl(schema));
    const described = await rowsOf('DESCRIBE shop_events');
    expect(described.map((row) => [row['column_name'], row['column_type'], row['null']])).toEqual(
      schema.columns.map((column) => [column.name, duckdbType(column.type), column.nullable ? 'YES' : 'NO']),
    );
  });
});

test('comments carry description, unit and sensitivity, quotes included', async () => {
  await withDuckdb(async (rowsOf, run) => {
    await run(deriveDuckdbDdl(schema));
    expect(await rowsOf('SELECT comment FROM duckdb_tables()')).toEqual([{ comment: schema.description }]);
    const comments = await rowsOf(
      'SELECT column_name, comment FROM duckdb_columns() WHERE comment IS NOT NULL',
    );
    const byName = Object.fromEntries(comments.map((row) => [row['column_name'], row['comment']]));
    expect(byName).toEqual({
      event_time: 'When it happened (UTC)',
      event_type: 'What happened',
      product_id: 'Product',
      category_code: 'Category path | such as electronics.smartphone',
      price: 'Price paid (unit: EUR)',
      user_id: 'Permanent user id (PII: pseudonymous)',
      user_session: 'Session (PII: pseudonymous)',
      email: 'PII: direct',
    });
  });
});
