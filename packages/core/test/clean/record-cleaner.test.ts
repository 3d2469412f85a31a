import { expect, test } from 'vitest';
import { z } from 'zod';
import { createRecordCleaner, defineEvents, duckdbCleaningSelect, timestamp } from '../../src/index.ts';

const clean = createRecordCleaner(
  defineEvents('events', {
    columns: { at: timestamp(), constructor: z.string().optional() },
    roles: { time: 'at' },
  }).schema,
);
const at = '2019-10-01 00:00:00';

test('a member that a record only inherits is not there', () => {
  expect(clean({ at })).toEqual({ accepted: true, row: { at: new Date('2019-10-01'), constructor: null } });
  expect(clean({ at, constructor: 'Lego' })).toMatchObject({ accepted: true, row: { constructor: 'Lego' } });
});

test('a column that raw text cannot hold is refused by its name, by both engines', () => {
  const { schema } = defineEvents('events', {
    columns: { at: timestamp(), tags: z.array(z.string()).optional() },
    roles: { time: 'at' },
  });
  for (const make of [createRecordCleaner, (given: typeof schema) => duckdbCleaningSelect(given, 'raw')])
    expect(() => make(schema)).toThrow(/^tags: cleaning cannot carry list\./);
});
