import { join } from 'node:path';
import { sparkSettings } from '@headwater/core/internal';
import { useSpark } from '@headwater/local-aws/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadEvents } from '../src/index.ts';
import { settlePlan } from '../src/load/spark/settle-sql.ts';
import { temporaryFolder, writeLines } from './events-fixture.ts';
import { type OrderDuplicates, orderHeader, orders } from './orders-fixture.ts';
import { queryFiles } from './query-files.ts';

const time = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 1 }))
  .map(([day, hour]) => `2019-10-0${day} 1${hour}:00:00`);
/** Few values, so that keys repeat within a file, between files and on several days. */
const row = fc
  .tuple(
    time,
    fc.integer({ min: 1, max: 4 }),
    fc.constantFrom('1', '2'),
    fc.constantFrom('', 'a', 'b'),
    fc.constantFrom('1.00', '5.00'),
    fc.oneof(time, fc.constant('')),
  )
  .map((values) => values.join(','));
/** For a CSV line as the lake has it. */
const lineSql = `concat_ws(',', "at"::VARCHAR, order_id, line, coalesce(sku, ''), amount, coalesce(updated_at::VARCHAR, ''))`;

const settings = Object.entries(sparkSettings).map(([name, { value }]) => [name, value]);
const spark = useSpark({ ...Object.fromEntries(settings), 'spark.sql.shuffle.partitions': '2' });
const columns = {
  input: 'INT',
  place: 'BIGINT',
  element: 'INT',
  folder: 'STRING',
  v0: 'TIMESTAMP',
  v1: 'BIGINT',
  v2: 'INT',
  v3: 'STRING',
  v4: 'DECIMAL(10,2)',
  v5: 'TIMESTAMP',
};
const sparkRow = (input: number, place: number, line: string): (string | null)[] => [
  ...[String(input), String(place), '0', `orders/dt=${line.slice(0, 10)}`],
  ...line.split(',').map((value) => (value === '' ? null : value)),
];

test.each<[string, OrderDuplicates]>([
  ['equal rows', {}],
  ['the first of a key', { key: ['order_id', 'line'] }],
  ['the last of a key', { key: ['order_id', 'line'], keep: 'last' }],
  ['the largest of a key', { key: ['order_id', 'line'], keep: 'last', by: 'updated_at' }],
  ['the smallest of a key', { key: ['order_id', 'sku'], by: 'amount' }],
  ['the last of a key with its time', { key: ['at', 'order_id'], keep: 'last' }],
  ['the smallest of a key with its time', { key: ['at', 'sku'], by: 'updated_at' }],
])('Spark keeps the rows that DuckDB keeps, and counts as it does: %s', async (_what, duplicates) => {
  const table = orders(duplicates);
  const plan = settlePlan(table.schema);
  const rounds = fc.sample(
    fc.tuple(
      fc.array(row, { maxLength: 25 }),
      fc.array(row, { maxLength: 25 }),
      fc.array(row, { minLength: 1, maxLength: 25 }),
    ),
    {
      ...{ numRuns: 4, seed: 11 },
    },
  );
  for (const [before, first, second] of rounds) {
    const folder = await temporaryFolder();
    const lake = join(folder, 'lake');
    const write = (name: string, lines: readonly string[]) =>
      writeLines(folder, name, [orderHeader, ...lines]);
    const rows = async (): Promise<string[]> =>
      (
        await queryFiles(
          `SELECT ${lineSql} AS row FROM read_parquet(FILES, hive_partitioning = false)`,
          join(lake, 'orders'),
        ).catch(() => [])
      )
        .map((found) => String(found['row']))
        .sort();
    await loadEvents({ table, lake, inputs: [await write('before.csv', before)] });
    const there = await rows();
    const report = await loadEvents({
      ...{ table, lake },
      inputs: [await write('first.csv', [...first, '']), await write('second.csv', [...second, '', ''])],
    });

    const fresh = [first, second].flatMap((lines, input) =>
      lines.map((line, place) => ({ input, place, line })),
    );
    const committed = there.map((line, place) => ({ input: -1, place, line }));
    for (const [name, some] of [
      ['fresh', fresh],
      ['committed', committed],
    ] as const) {
      const given = some.map(({ input, place, line }) => sparkRow(input, place, line));
      await spark.run(
        `CREATE OR REPLACE TEMP VIEW ${name} AS SELECT *, ${plan.hash} AS key_hash FROM ${name}_rows`,
        {
          [`${name}_rows`]: { columns, rows: given },
        },
      );
    }
    for (const view of ['repeated', 'candidates'] as const)
      await spark.run(`CREATE OR REPLACE TEMP VIEW ${view} AS ${plan[view]}`);
    const losers = (await spark.run(`SELECT input, place, counted_for FROM (${plan.losers})`)).rows;
    const lost = new Set(losers.map(([input, place]) => `${input}:${place}`));
    const kept = [...committed, ...fresh].filter(({ input, place }) => !lost.has(`${input}:${place}`));
    expect(kept.map(({ line }) => line).sort()).toEqual(await rows());
    const counted = [0, 1].map((input) => losers.filter(([, , one]) => one === String(input)).length);
    expect(counted).toEqual(report.inputs.map((input) => input.duplicates));
  }
});
