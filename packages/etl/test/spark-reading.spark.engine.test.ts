import { join } from 'node:path';
import { decimal, defineEvents, type EventsTable, timestamp } from '@headwater/core';
import { sparkSettings } from '@headwater/core/internal';
import { useSpark } from '@headwater/local-aws/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { temporaryFolder } from './events-fixture.ts';
import { exploded, explodedDeep, nestedLines, oneRow } from './nested-documents.ts';
import { oddFile } from './odd-files.ts';
import { readReference } from './reference-reader.ts';
import { duckdbOutcome, type Outcome, sparkOutcome, writeFiles } from './spark-reading.ts';

const settings = Object.fromEntries(Object.entries(sparkSettings).map(([name, { value }]) => [name, value]));
const spark = useSpark(settings);
const seed = Number(process.env['HEADWATER_ODD_FILES_SEED'] ?? 20210131);
const count = Number(process.env['HEADWATER_SPARK_ODD_FILES'] ?? 150);
const rows = Number(process.env['HEADWATER_SPARK_ROWS'] ?? 1000);

const table = defineEvents('odd', {
  columns: {
    at: timestamp(),
    id: z.int64(),
    note: z.string().optional(),
    amount: decimal(20, 4).optional(),
  },
  roles: { time: 'at' },
  duplicates: { keep: 'all' },
});

const differ = (left: Outcome, right: Outcome): string[] => {
  const known = new Map<string, number>();
  for (const one of right) known.set(one, (known.get(one) ?? 0) + 1);
  return left.filter((one) => {
    const times = known.get(one) ?? 0;
    known.set(one, times - 1);
    return times <= 0;
  });
};

function expectSame(spark: Outcome, duckdb: Outcome): void {
  expect({
    spark: differ(spark, duckdb).slice(0, 5),
    duckdb: differ(duckdb, spark).slice(0, 5),
  }).toEqual({ spark: [], duckdb: [] });
}

const isOther = (bytes: Buffer): boolean =>
  /^(?:1f8b|28b52ffd|5[0-9a-f]2a4d18|504b0304|50415231|fffe|feff)/.test(bytes.toString('hex', 0, 4));

test.each(['csv', 'jsonl'] as const)(
  `${count} odd files are read as DuckDB reads them: %s`,
  async (format) => {
    const folder = await temporaryFolder();
    const files = fc
      .sample(oddFile, { numRuns: count * 2, seed })
      .filter((file) => file.format === format && file.plain.length > 0 && !isOther(file.plain))
      .map(({ plain }) => plain)
      // Lines that end with carriage returns alone are refused by the script.
      .filter((plain) => !(plain.includes(13) && !plain.includes(10)))
      .filter((plain) => readReference(table.schema, plain, format, true) !== undefined);
    const distinct = [...new Map(files.map((plain) => [plain.toString('hex'), plain])).values()];
    const paths = await writeFiles(join(folder, 'in'), distinct, format);
    const firsts = distinct.map((plain) => {
      const lines = plain
        .toString()
        .replace(/^\ufeff/, '')
        .split('\n')
        .map((line) => line.replace(/\r+$/, ''));
      const first = lines.findIndex((line) => line !== '');
      return `${'\n'.repeat(Math.max(first, 0))}${lines[first] ?? ''}`;
    });
    const reading = { format, header: true, delimiter: ',' };
    const duckdb = await duckdbOutcome(table, paths, folder, reading);
    expectSame(await sparkOutcome(spark, table, paths, folder, reading, firsts), duckdb);
  },
);

test.each<[string, EventsTable]>([
  ['a row per element', exploded],
  ['a row per element of a deeper list', explodedDeep],
  ['one row', oneRow],
])(`${rows} nested documents are read as DuckDB reads them: %s`, async (_what, nested) => {
  const folder = await temporaryFolder();
  const lines = nestedLines(rows, seed);
  const paths = await writeFiles(join(folder, 'in'), [Buffer.from(lines.join('\n'))], 'jsonl');
  const reading = { format: 'jsonl' } as const;
  const duckdb = await duckdbOutcome(nested, paths, folder, reading);
  expectSame(await sparkOutcome(spark, nested, paths, folder, reading), duckdb);
});
