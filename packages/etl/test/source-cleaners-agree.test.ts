import {
  createRecordCleaner,
  decimal,
  defineEvents,
  emptyToNull,
  lowerCase,
  lake as metadata,
  timestamp,
  trim,
} from '@headwater/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { loadEvents } from '../src/index.ts';
import { temporaryFolder, writeLines } from './events-fixture.ts';
import { lakeRows } from './lake-rows.ts';

const table = defineEvents('agreed', {
  columns: {
    line: z.int32(),
    at: timestamp(),
    kind: z.enum(['view', 'cart']).register(metadata, { clean: [trim(), lowerCase(), emptyToNull()] }),
    price: decimal(12, 2).optional(),
    code: z.string().optional(),
    origin: z.string(),
    since: timestamp().optional(),
  },
  roles: { time: 'at' },
  duplicates: { keep: 'all' },
  sources: {
    app: {
      columns: { 'Event Kind': 'kind' },
      constants: { origin: ' The App', price: 0.1, since: new Date('2019-10-01T00:00:00.007Z') },
      where: { kind: ['view', 'cart', null], code: { not: [null, 'x', 'ß'] } },
    },
  },
});

const record = fc.record({
  at: fc.constantFrom('2019-10-01 00:00:00', '2019-10-02T00:00:00Z', 'never', ''),
  kind: fc.constantFrom('view', ' Cart ', 'VIEW', 'impression', '', '\u00a0view', 'view '),
  code: fc.constantFrom('', ' ', 'x', ' x', 'X', 'ß', 'ss', 'y', 'null', '\u3000', "'", 'é'),
  price: fc.constantFrom('', '1.5', 'free'),
});

test('records and bulk loads keep, reject and filter the same rows of a source', async () => {
  const folder = await temporaryFolder();
  const records = fc.sample(record, { numRuns: 20_000, seed: 7 });
  const named = records.map(({ kind, ...rest }, index) => ({
    line: String(index),
    ...rest,
    'Event Kind': kind,
  }));
  const clean = createRecordCleaner(table.schema, { source: 'app' });
  const wanted = { rows: [] as string[], rejected: [] as string[], filtered: 0 };
  for (const [index, one] of named.entries()) {
    const result = clean(one);
    if (result.accepted)
      wanted.rows.push(
        `${index} ${result.row['kind']} ${result.row['price']} ${result.row['code']} ${result.row['origin']}`,
      );
    else if (result.filtered) wanted.filtered += 1;
    else
      wanted.rejected.push(
        `${index + 2} ${result.reasons.map(({ column, code }) => `${column}:${code}`).join(' ')}`,
      );
  }
  for (const [format, lines] of [
    [
      'csv',
      [
        'line,at,code,price,Event Kind',
        ...named.map((one) => [one.line, one.at, one.code, one.price, one['Event Kind']].join()),
      ],
    ],
    ['jsonl', named.map((one) => JSON.stringify(one))],
  ] as const) {
    const lake = `${folder}/${format}`;
    const file = await writeLines(folder, `events.${format}`, lines);
    const report = await loadEvents({ table, lake, inputs: [file], source: 'app', maxQuarantine: 1 });
    expect(report).toMatchObject({
      rowsIn: records.length,
      filtered: wanted.filtered,
      rowsOut: wanted.rows.length,
    });
    const rows = await lakeRows(lake, 'agreed', 'line, kind, price, code, origin, since', 'ORDER BY line');
    expect(rows.map((row) => row.replace(/ 2019-10-01 00:00:00\.007$/, ''))).toEqual(
      wanted.rows.map((row) => row.replace(' 0.1 ', ' 0.10 ')),
    );
    const codes =
      "array_to_string(list_transform(reasons, lambda one: one.\"column\" || ':' || one.code), ' ')";
    const offset = format === 'csv' ? 0 : 1;
    expect(await lakeRows(lake, 'agreed__quarantine', `line + ${offset}, ${codes}`, 'ORDER BY line')).toEqual(
      wanted.rejected,
    );
  }
});
