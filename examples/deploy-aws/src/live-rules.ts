import { join } from 'node:path';
import { CreateTableCommand } from '@aws-sdk/client-glue';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { deriveGlueTable } from '@headwater/core';
import { compactLake, loadEvents, verifyLake } from '@headwater/etl';
import { planPublish, publishSchema } from '@headwater/publish';
import { closeLake, createLake, type FinishedQuery, sql } from '@headwater/queries';
import { athenaEngine } from '@headwater/queries/athena';
import type { LiveAccount } from './live-account.ts';
import type { LiveRule } from './live-rule.ts';
import { header, type OrdersTable, orderRows, orders, ordersByMillis } from './orders.ts';
import { registryRules } from './registry-rules.ts';

const lakeOf = ({ target, folder }: LiveAccount, machine = 'a', table: OrdersTable = orders) => ({
  ...{ table, lake: target.location, aws: target, workFolder: join(folder, machine) },
});

const publication = ({ target, folder }: LiveAccount) => ({
  ...{ schema: orders.schema, target, folder: join(folder, 'schema') },
});

/** The rows and their sum as Athena sees them, and what it reported. */
async function ask({ target }: LiveAccount, reuseMinutes?: number, table: OrdersTable = orders) {
  const finished: FinishedQuery[] = [];
  const engine = athenaEngine({ ...target, lake: target.location, reuseMinutes });
  const lake = createLake({ tables: [table], engine, onFinish: (query) => finished.push(query) });
  try {
    const statement = `select count(*) as n, cast(sum(price) as varchar) as total, max(product) as product from ${table.name}`;
    const rows: Record<string, unknown>[] = [];
    for await (const batch of (await sql(lake, statement)).batches()) rows.push(...batch);
    const [row] = rows;
    return { row: `${row?.['n']} rows, sum ${row?.['total']}`, product: String(row?.['product']), finished };
  } finally {
    await closeLake(lake);
  }
}

/** In this order: each uses what the ones before it made. */
export const liveRules: readonly LiveRule[] = [
  {
    name: 'S3 creates an object once: If-None-Match',
    expected: 'the second put is refused with 412',
    async check({ s3, bucket, target }) {
      const Key = `${target.database}/once`;
      const put = () => s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'x', IfNoneMatch: '*' }));
      await put();
      const status = await put().then(
        () => 200,
        (error: { $metadata?: { httpStatusCode?: number } }) => error.$metadata?.httpStatusCode,
      );
      return `the second put is refused with ${status}`;
    },
  },
  {
    name: 'four machines load at once',
    expected: '400 rows, every file listed, nothing left over',
    async check(account) {
      await Promise.all(
        [0, 1, 2, 3].map(async (machine) => {
          const input = await account.write(`${machine}.csv`, [header, ...orderRows(100, 3, machine * 100)]);
          await loadEvents({ ...lakeOf(account, `machine${machine}`), inputs: [input] });
        }),
      );
      const { rows, ok, leftovers } = await verifyLake(lakeOf(account));
      const isWhole = ok && leftovers.length === 0;
      return `${rows} rows, ${isWhole ? 'every file listed, nothing left over' : 'with problems'}`;
    },
  },
  {
    name: 'Glue, the Schema Registry and Athena take what is published',
    expected: 'published, and nothing to do the second time',
    async check(account) {
      await publishSchema(publication(account));
      const { isDone, steps } = await planPublish(publication(account));
      const differing = steps.filter(({ action }) => action !== 'none').map(({ step }) => step);
      return `published, and ${isDone ? 'nothing to do' : `to do: ${differing.join(', ')}`} the second time`;
    },
  },
  {
    name: 'Athena projects the partitions and reads the files',
    expected: '400 rows, sum 79900.00',
    check: async (account) => (await ask(account)).row,
  },
  {
    name: 'Athena scans no more than the estimated maximum',
    expected: 'within the estimate',
    async check(account) {
      const [query] = (await ask(account)).finished;
      const { scannedBytes = 0, estimatedMostBytes = 0 } = query ?? {};
      return scannedBytes <= estimatedMostBytes
        ? 'within the estimate'
        : `${scannedBytes} bytes, and ${estimatedMostBytes} were estimated`;
    },
  },
  {
    name: 'texts with quotes, commas and umlauts come back from the result file',
    expected: 'a "quoted", 99 ü',
    check: async (account) => (await ask(account)).product,
  },
  {
    name: 'Athena reports an answer that it reused',
    expected: 'reused: true',
    async check(account) {
      await ask(account, 60);
      return `reused: ${(await ask(account, 60)).finished[0]?.reused}`;
    },
  },
  {
    name: 'a compaction removes what it replaces, and Athena counts each row once',
    expected: '400 rows, sum 79900.00; 3 files',
    async check(account) {
      await compactLake(lakeOf(account));
      const { row } = await ask(account);
      return `${row}; ${(await account.keys('orders')).length} files`;
    },
  },
  {
    name: 'rows before firstDay are in the lake, and Athena omits them, as a load says',
    expected: '400 rows, sum 79900.00; the load reports 1 row on 2024-02-28',
    async check(account) {
      const input = await account.write('early.csv', [header, '2024-02-28 10:00:00 UTC,view,early,1.00']);
      const { unprojected } = await loadEvents({ ...lakeOf(account), inputs: [input] });
      return `${(await ask(account)).row}; the load reports ${unprojected?.rows ?? 0} row on ${unprojected?.first}`;
    },
  },
  {
    name: 'Athena projects days by the unit MILLIS',
    expected: '30 rows, sum 442.50',
    async check(account) {
      const input = await account.write('by-millis.csv', [header, ...orderRows(30, 3)]);
      await loadEvents({ ...lakeOf(account, 'millis', ordersByMillis), inputs: [input] });
      const range = ['2024-03-01', '2024-03-03'] as const;
      const days = {
        type: 'date',
        format: 'yyyy-MM-dd',
        range,
        interval: 86_400_000,
        unit: 'MILLIS',
      } as const;
      const TableInput = deriveGlueTable(ordersByMillis.schema, account.target, { projection: { dt: days } });
      const DatabaseName = account.target.database;
      await account.glue.send(new CreateTableCommand({ DatabaseName, TableInput }));
      return (await ask(account, undefined, ordersByMillis)).row;
    },
  },
  ...registryRules,
];
