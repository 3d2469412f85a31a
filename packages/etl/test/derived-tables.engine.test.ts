import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import type { LayerOptions } from '@headwater/core';
import {
  awsTarget,
  calendarDate,
  decimal,
  defineEvents,
  deriveGlueTable,
  deriveTrinoDdl,
  type GlueTableInput,
  lake as meta,
  timestamp,
} from '@headwater/core';
import { trinoRows, useAwsSandbox } from '@headwater/local-aws/testing';
import { openLakeStore } from '@headwater/storage';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loadEvents } from '../src/index.ts';
import { contentHash } from '../src/lake/content-hash.ts';

const aws = useAwsSandbox('derived-tables');
const target = awsTarget({
  region: 'us-east-1',
  account: '123456789012',
  database: aws.database,
  location: aws.location || 's3://unused',
  firstDay: '2024-02-27',
});

/** Every kind that a lake holds, by hour and by an enum whose column is also a reserved word. */
const { schema, ...events } = defineEvents('events', {
  columns: {
    at: timestamp(),
    order: z.enum(['view', 'cart']),
    label: z.string().optional(),
    flag: z.boolean().optional(),
    small: z.int32().optional(),
    large: z.int64(),
    share: z.number().optional(),
    price: decimal(10, 2).optional(),
    wide: decimal(38, 10).optional(),
    day: calendarDate().optional(),
    session: z
      .uuid()
      .register(meta, { aliases: ['sid'] })
      .optional(),
  },
  roles: { time: 'at', action: 'order' },
  partitionBy: { hour: true, columns: ['order'] },
});

const header = 'at,order,label,flag,small,large,share,price,wide,day,session';
const full =
  '2024-02-29 07:59:59.999,view,"it""s, a \\ label",true,-2147483648,9223372036854775807,0.1,-99999999.99,' +
  '1234567890123456789012345678.0123456789,0001-01-01,72D76FDE-8BB3-4E00-8C23-A032DFED738C';
const csv = [header, full, '2024-03-01 23:00:00,cart,,,,-1,,,,,', '2024-02-29 08:00:00,view,,,,many,,,,,'];

async function create(table: GlueTableInput): Promise<void> {
  const glue = new GlueClient();
  await glue.send(new CreateTableCommand({ DatabaseName: aws.database, TableInput: table }));
  glue.destroy();
}

const rows = (sql: string) => trinoRows(sql, aws.database);
const range = `dt BETWEEN '2024-02-27' AND '2024-03-01'`;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-derived-'));
  const input = join(folder, 'raw.csv');
  await writeFile(input, `${csv.join('\n')}\n`);
  const local = join(folder, 'lake');
  const report = await loadEvents({ table: { ...events, schema }, lake: local, inputs: [input] });
  expect([report.rowsOut, report.quarantined]).toEqual([2, 1]);
  const store = openLakeStore(aws.location);
  const put = async (path: string, file: string) => store.put(path, file, { hash: await contentHash(file) });
  for (const root of ['events', 'events__quarantine'])
    for await (const { path } of openLakeStore(local).walk(root)) await put(path, join(local, path));
  await put('events__raw_csv/raw.csv', input);
  const json = join(folder, 'raw.json');
  const records = [
    {
      at: '2024-02-29 07:59:59.999',
      order: 'view',
      label: 'it\'s "a" label',
      large: 12,
      price: 1.5,
      sid: 'a',
    },
    { at: '2024-02-29', order: 'view', large: 'many', flag: true, unheard: { of: 1 }, session: 'b' },
  ];
  await writeFile(json, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  await put('events__raw_json/raw.json', json);
  await rm(folder, { recursive: true });
});

/** The same tables, made by a call of Glue's and by a statement of Trino's. */
const ways: Readonly<Record<string, (options: LayerOptions) => Promise<unknown>>> = {
  'Glue table': (options) => create(deriveGlueTable(schema, target, options)),
  // Trino clears the statistics of a table that it makes, a call that the emulator alone does not know.
  ...(aws.endpoints.aws === aws.endpoints.moto
    ? {}
    : { 'Trino statement': (options: LayerOptions) => trinoRows(deriveTrinoDdl(schema, target, options)) }),
};

describe.for(Object.entries(ways))('%s:', ([, make]) => {
  afterAll(async () => {
    const names = ['events', 'events__quarantine', 'events__raw_csv', 'events__raw_json'];
    for (const name of names) await rows(`DROP TABLE ${name}`);
  });

  describe('the curated table', () => {
    beforeAll(() => make({}));

    test('gives every value as it was loaded, with the enum from the folder', async () => {
      const columns = 'at, "order", label, flag, small, large, share, price, wide, day, session, dt, hour';
      expect(await rows(`SELECT ${columns} FROM events WHERE ${range} ORDER BY at`)).toEqual([
        [
          '2024-02-29 07:59:59.999',
          'view',
          'it"s, a \\ label',
          true,
          -2147483648,
          // JSON.parse rounds it; the text below does not.
          Number('9223372036854775807'),
          0.1,
          '-99999999.99',
          '1234567890123456789012345678.0123456789',
          '0001-01-01',
          '72d76fde-8bb3-4e00-8c23-a032dfed738c',
          '2024-02-29',
          7,
        ],
        [
          '2024-03-01 23:00:00.000',
          'cart',
          null,
          null,
          null,
          -1,
          null,
          null,
          null,
          null,
          null,
          '2024-03-01',
          23,
        ],
      ]);
      expect(await rows(`SELECT CAST(large AS varchar) FROM events WHERE dt = '2024-02-29'`)).toEqual([
        ['9223372036854775807'],
      ]);
    });

    test('is pruned by each of its keys', async () => {
      const files = (where: string) =>
        rows(`SELECT count(DISTINCT "$path") FROM events WHERE ${range} AND ${where}`);
      expect(await files('true')).toEqual([[2]]);
      expect(await files(`"order" = 'cart'`)).toEqual([[1]]);
      expect(await files('hour = 7')).toEqual([[1]]);
      expect(await files(`dt = '2024-02-28'`)).toEqual([[0]]);
    });
  });

  test('the quarantine tells the raw row, its record and its reasons', async () => {
    await make({ layer: 'quarantine' });
    // The load was today, or yesterday if midnight came since.
    const [today = '', yesterday = ''] = [0, 1].map((days) =>
      new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10),
    );
    const [row] = await rows(
      `SELECT line, raw, record['large'], reasons[1]."column", reasons[1].code, schema_version FROM events__quarantine WHERE dt BETWEEN '${yesterday}' AND '${today}'`,
    );
    expect(row).toEqual([
      4,
      csv[3],
      'many',
      'large',
      'not_an_integer',
      expect.stringMatching(/^[0-9a-f]{16}$/),
    ]);
  });

  describe('the raw tables', () => {
    test('of CSV give each text as it is in the file: quotes, commas, backslashes', async () => {
      await make({ layer: 'raw-csv' });
      const found = await rows('SELECT at, label, large, wide FROM events__raw_csv ORDER BY at');
      expect(found).toEqual([
        [
          '2024-02-29 07:59:59.999',
          'it"s, a \\ label',
          '9223372036854775807',
          '1234567890123456789012345678.0123456789',
        ],
        ['2024-02-29 08:00:00', '', 'many', ''],
        ['2024-03-01 23:00:00', '', '-1', ''],
      ]);
    });

    test('of JSON give numbers and truths as text, and every name of a column', async () => {
      await make({ layer: 'raw-json' });
      const found = await rows(
        'SELECT at, label, large, price, flag, session, sid FROM events__raw_json ORDER BY at',
      );
      expect(found).toEqual([
        ['2024-02-29', null, 'many', null, 'true', 'b', null],
        ['2024-02-29 07:59:59.999', 'it\'s "a" label', '12', '1.5', null, null, 'a'],
      ]);
    });
  });
});
