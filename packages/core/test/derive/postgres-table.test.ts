import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineEvents, derivePostgresTable, derivePostgresUpsert, timestamp } from '../../src/index.ts';
import { shopEvents } from './shop-events.ts';

const table = (name: string, columns: Record<string, z.ZodType> = {}, rest: object = {}) =>
  defineEvents(name, { columns: { at: timestamp(), ...columns }, roles: { time: 'at' }, ...rest } as never)
    .schema;

test.each([
  ['t'.repeat(56), {}, 'has names of at most 63 bytes'],
  ['t', { ['c'.repeat(64)]: z.string() }, 'has names of at most 63 bytes'],
  ['t', { xmin: z.string() }, 'has a column of this name in every table'],
])('names that PostgreSQL would cut, or has itself, are refused', (name, columns, problem) => {
  expect(() => derivePostgresTable(table(name, columns))).toThrow(
    expect.objectContaining({ code: 'DEFINITION_INVALID', message: expect.stringContaining(problem) }),
  );
});

test.each([
  [{ schema: '' }, 'schema ""'],
  [{ schema: 'pg_own' }, 'schema "pg_own"'],
  [{ schema: 'information_schema' }, 'schema "information_schema"'],
  [{ schema: '_headwater' }, 'schema "_headwater"'],
  [{ partition: 'week' as never }, 'partition week'],
  [{ indexes: ['nobody' as never] }, 'indexes nobody'],
])('options that cannot be are refused: %j', (options, message) => {
  expect(() => derivePostgresTable(shopEvents.schema, options)).toThrow(
    expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining(message) }),
  );
});

test('months are refused where they could not enforce the key, and allowed without it', () => {
  const schema = table('t', { id: z.int64() }, { duplicates: { key: ['id'] } });
  expect(() => derivePostgresTable(schema, { partition: 'month' })).toThrow(
    'the duplicate key of t lacks at',
  );
  expect(derivePostgresTable(schema, { partition: 'month', key: false })).toContain(
    'PARTITION BY RANGE ("at")',
  );
});

test('a table of which every row stays has no key and no upsert', () => {
  const schema = table('t', { id: z.int64() }, { duplicates: { keep: 'all' } });
  expect(derivePostgresTable(schema)).not.toMatch(/PRIMARY KEY|UNIQUE/);
  expect(() => derivePostgresUpsert(schema)).toThrow('only a load by files is idempotent');
});
