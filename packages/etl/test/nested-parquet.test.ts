import { join } from 'node:path';
import {
  createDocumentCleaner,
  decimal,
  defineEvents,
  isHeadwaterError,
  lake,
  timestamp,
} from '@headwater/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { loadEvents } from '../src/index.ts';
import { temporaryFolder, writeLines } from './events-fixture.ts';
import { queryFiles } from './query-files.ts';
import { at, document, parquetOf, table, types } from './typed-documents.ts';

test('structs, lists and maps of a Parquet file give what the same JSON documents give', async () => {
  const documents = fc
    .sample(document, { numRuns: 3000, seed: 20210131 })
    .map((one, id) => ({ id, event_time: '2021-01-01 00:00:00', ...one }));
  const folder = await temporaryFolder();
  const lines = documents.map((one) => JSON.stringify(one));
  const path = await parquetOf(await writeLines(folder, 'typed.jsonl', lines), types);
  const report = await loadEvents({ table, lake: join(folder, 'lake'), inputs: [path] });
  const clean = createDocumentCleaner(table.schema);
  const expected = lines.flatMap((line) => clean(line));
  expect(report).toMatchObject({
    recordsIn: 3000,
    rowsIn: expected.length,
    rowsOut: expected.length,
    quarantined: 0,
  });
  expect(report.inputs[0]).toMatchObject({ absent: ['lacking'], unread: [] });
  const names = table.schema.columns.map(({ name }) => name);
  const shown = table.schema.columns.map(({ name, type }) =>
    type.kind === 'double' ? `"${name}"` : `hex(encode("${name}"::VARCHAR)) AS "${name}"`,
  );
  const loaded = await queryFiles(
    `SELECT ${shown.join(', ')} FROM read_parquet(FILES, hive_partitioning = false) t ORDER BY t.id, t.number`,
    join(folder, 'lake', 'typed'),
  );
  const hex = (value: unknown): string | null => {
    if (value === null || value === undefined) return null;
    const isTime = value instanceof Date;
    return Buffer.from(isTime ? value.toISOString().slice(0, 19).replace('T', ' ') : String(value))
      .toString('hex')
      .toUpperCase();
  };
  const rows = expected.map((result) => {
    if (!result.accepted) throw new Error(`refused: ${JSON.stringify(result)}`);
    return names.map((name) => (name === 'share' ? result.row[name] : hex(result.row[name])));
  });
  expect(loaded.map((row) => names.map((name) => row[name]))).toEqual(rows);
});

test('a file whose member to explode is no list is refused', async () => {
  const folder = await temporaryFolder();
  const jsonl = await writeLines(folder, 'a.jsonl', [
    '{"id":1,"event_time":"2021-01-01 00:00:00","items":"none"}',
  ]);
  const path = await parquetOf(jsonl, { id: 'INTEGER', event_time: 'VARCHAR', items: 'VARCHAR' });
  const error = await loadEvents({ table, lake: join(folder, 'lake'), inputs: [path] }).catch(
    (one: unknown) => one,
  );
  expect(isHeadwaterError(error, 'INPUT_UNREADABLE') && error.message).toContain(
    'items is a VARCHAR, and the table has a row per element',
  );
});

test('a file without a required path is refused by name', async () => {
  const folder = await temporaryFolder();
  const jsonl = await writeLines(folder, 'a.jsonl', ['{"event_time":"2021-01-01 00:00:00","props":{"a":1}}']);
  const path = await parquetOf(jsonl, { event_time: 'VARCHAR', props: 'STRUCT(a INTEGER)' });
  const needy = defineEvents('needy', {
    columns: { event_time: timestamp(), total: decimal(9, 2).register(lake, { path: 'props.total' }) },
    roles: { time: 'event_time' },
  });
  const error = await loadEvents({ table: needy, lake: join(folder, 'lake'), inputs: [path] }).catch(
    (one: unknown) => one,
  );
  expect(isHeadwaterError(error, 'INPUT_COLUMNS_MISSING') && error.payload.missing).toEqual(['total']);
});

test('names of columns and members are matched in any case, the keys of a map exactly', async () => {
  const folder = await temporaryFolder();
  const jsonl = await writeLines(folder, 'a.jsonl', [
    '{"event_time":"2021-01-01 00:00:00","props":{"Total":1,"KEYS":{"Colour":"red"}}}',
  ]);
  const path = await parquetOf(jsonl, {
    EVENT_TIME: 'VARCHAR',
    Props: 'STRUCT("Total" INTEGER, "KEYS" MAP(VARCHAR, VARCHAR))',
  });
  const cased = defineEvents('cased', {
    columns: {
      event_time: timestamp(),
      total: at(z.int32(), 'props.total'),
      exact: at(z.string(), 'props.keys.Colour'),
      other: at(z.string(), 'props.keys.colour'),
    },
    roles: { time: 'event_time' },
  });
  await loadEvents({ table: cased, lake: join(folder, 'lake'), inputs: [path] });
  expect(
    await queryFiles('SELECT total, exact, other FROM read_parquet(FILES)', join(folder, 'lake', 'cased')),
  ).toEqual([{ total: 1, exact: 'red', other: null }]);
});
