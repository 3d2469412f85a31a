import { join } from 'node:path';
import { decimal, defineEvents, emptyToNull, lake, timestamp, trim } from '@headwater/core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { compactLake, loadEvents, replayQuarantine, verifyLake } from '../src/index.ts';
import { lakeBytes, temporaryFolder, writeLines } from './events-fixture.ts';

/** Names that the staging tables, the readers and the engine use themselves, in every place where a clash would show. */
const awkward = [
  ...[
    'input',
    'code',
    'raw',
    'texts',
    'row_hash',
    'key_hash',
    'bad',
    'line',
    'object',
    'source_row',
    'rowid',
  ],
  ...[
    'r0',
    'r1',
    'g0',
    'g1',
    'p0',
    'p1',
    'v0',
    'v1',
    'c0',
    'c1',
    'g',
    's',
    'place',
    'key',
    'repeated',
    'stage',
  ],
  ...[
    'source',
    'reasons',
    'record',
    'run_id',
    'schema_version',
    'select',
    'order',
    'part_kind',
    'column',
    'rows',
  ],
];

const table = defineEvents('awkward', {
  columns: {
    time: timestamp(),
    kind: z.enum(['view', 'cart']),
    amount: decimal(10, 2),
    ...Object.fromEntries(awkward.map((name) => [name, z.int64().optional()])),
    filename: z
      .string()
      .register(lake, { clean: [trim(), emptyToNull()] })
      .optional(),
  },
  roles: { time: 'time', action: 'kind', amount: 'amount' },
  partitionBy: { columns: ['kind'] },
});

test('a column may have any name, also one that loading uses itself', async () => {
  const folder = await temporaryFolder();
  const names = table.schema.columns.map(({ name }) => name);
  const row = (n: number, first = String(n)): string =>
    [`2019-10-01 0${n % 3}:00:00 UTC`, n % 2 ? 'view' : 'cart', '1.50', first, ...awkward.slice(1), ' f ']
      .map((text, index) => (index > 3 && index < names.length - 1 ? String(n * index) : text))
      .join(',');
  const good = Array.from({ length: 20 }, (_, n) => row(n));
  const lines = [names.join(','), ...good, good[3] ?? '', row(20, 'x'), 'short'];
  const csv = await writeLines(folder, 'a.csv', lines);
  const inCsv = join(folder, 'csv');
  const report = await loadEvents({ table, lake: inCsv, inputs: [csv] });
  expect(report).toMatchObject({ rowsIn: 23, rowsOut: 20, duplicates: 1, quarantined: 2 });
  expect(report.reasons).toEqual({ 'input:not_an_integer': 1, 'line:too_few_fields': 1 });
  expect(await replayQuarantine({ table, lake: inCsv })).toMatchObject({ rowsIn: 2, quarantined: 2 });

  const json = good.map((text) =>
    JSON.stringify(Object.fromEntries(text.split(',').map((field, index) => [names[index], field]))),
  );
  const inJson = join(folder, 'json');
  for (const [name, some] of [
    ['a', json.slice(0, 12)],
    ['b', json.slice(8)],
  ] as const)
    await loadEvents({
      table,
      lake: inJson,
      inputs: [await writeLines(folder, `${name}.jsonl`, some)],
    });
  await compactLake({ table, lake: inJson });
  expect(await lakeBytes(inJson, 'awkward')).toEqual(await lakeBytes(inCsv, 'awkward'));
  expect(Object.keys(await lakeBytes(inJson, 'awkward'))).toHaveLength(2);

  const inParquet = join(folder, 'parquet');
  await loadEvents({ table, lake: inParquet, inputs: [join(inCsv, 'awkward')] });
  expect(await lakeBytes(inParquet, 'awkward')).toEqual(await lakeBytes(inCsv, 'awkward'));
  expect(await verifyLake({ table, lake: inJson })).toMatchObject({ ok: true, rows: 20 });
});
