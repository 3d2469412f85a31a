import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { awsTarget, deriveGlueTable, type RollupConfig } from '@headwater/core';
import { readRollups } from '@headwater/core/internal';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { registerRollups } from '@headwater/publish';
import { createLake, type LakeEngine, namedMetricQuery, tableOf } from '@headwater/queries';
import { athenaEngine } from '@headwater/queries/athena';
import { trinoEngine } from '@headwater/queries/trino';
import { openLakeStore } from '@headwater/storage';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadRows } from '../support/loaded-lake.ts';
import { refresh } from '../support/refresh.ts';
import { event, history, shop } from '../support/shop.ts';

const aws = useAwsSandbox('rollup-read');
const { location, database, endpoints } = aws;
const target = awsTarget({
  ...{ region: 'us-east-1', account: '123456789012', firstDay: '2024-02-25', lastDay: '2024-03-20' },
  ...{ database, location, results: `s3://${aws.bucket}/results` },
});
const engines = [
  trinoEngine({ url: endpoints.trino, catalog: 'awsdatacatalog', schema: database, lake: location }),
  athenaEngine({
    ...{ region: target.region, database, workgroup: 'primary' },
    ...{ results: `s3://${aws.bucket}/results/`, lake: location },
  }),
] as const;
const configs: readonly RollupConfig[] = [
  { metric: 'revenue', grains: ['day'] },
  { metric: 'conversion-funnel', grains: ['day', 'hour'] },
  { metric: 'cart-abandonment', grains: ['day'], by: ['category'] },
];
const catalog = {
  database,
  register: (rollups: Parameters<typeof registerRollups>[0]['rollups']) =>
    registerRollups({ rollups, target }),
};
const range = { from: '2024-03-03', to: '2024-03-09' };
const questions = [
  ['revenue', {}],
  ['conversion-funnel', { grain: 'week' }],
  ['conversion-funnel', { grain: 'hour' }],
  ['cart-abandonment', { by: 'category' }],
] as const;

let folder: string;
const work = () => ({ lake: location, work: join(folder, 'work') });
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-rollups-'));
  await loadRows(shop, work(), history);
  const glue = new GlueClient();
  const TableInput = deriveGlueTable(shop.schema, target);
  await glue.send(new CreateTableCommand({ DatabaseName: database, TableInput }));
  glue.destroy();
  await refresh(shop, location, configs, { workFolder: join(folder, 'work'), catalog });
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

/** Asks questions from rollups and from the events. @returns how each was answered */
async function agree(engine: LakeEngine, asked: readonly (typeof questions)[number][]): Promise<string[]> {
  await using lake = createLake({ tables: [shop], engine });
  return await Promise.all(
    asked.map(async ([metric, parameters]) => {
      const table = tableOf(lake, 'shop');
      const query = namedMetricQuery(table, metric, { ...range, ...parameters }, { withHidden: true });
      const use = await query.rollup();
      const ran: string[] = [];
      const rows = await query.rows({ onFinish: ({ sql }) => ran.push(sql) });
      expect(rows).toEqual(await query.rows({ noRollup: true }));
      const isUsed = use.isUsed && ran[0] === use.sql;
      return use.isUsed ? `${use.how} ${use.storedDays}+${use.freshDays} ${isUsed}` : use.reasons.join('; ');
    }),
  );
}

const [trino, athena] = engines;

test('Trino and Athena answer from rollups as from the events', async () => {
  expect(await agree(trino, questions)).toEqual([
    'same 3+0 true',
    'summed 3+0 true',
    'same 3+0 true',
    'summed 3+0 true',
  ]);
  expect(await agree(athena, questions.slice(0, 2))).toEqual(['same 3+0 true', 'summed 3+0 true']);
});

test('late rows come from the events, replaced files are not read, and a file that is gone makes no row go missing', async () => {
  await loadRows(shop, work(), [
    event('05 10:00', 'purchase', 1, 77, 'late'),
    event('08 10:00', 'view', 2, 78, 'new'),
  ]);
  const [late = ''] = await agree(trino, questions.slice(0, 1));
  expect(late).toMatch(/^same [1-9]\+[1-9] true$/);
  // Files of the state before are in the folders, beside those of this one.
  await refresh(shop, location, configs, { workFolder: join(folder, 'work'), catalog });
  expect(await agree(trino, questions.slice(0, 1))).toEqual(['same 4+0 true']);
  const store = openLakeStore(location);
  const revenue = (await readRollups(store, 'shop'))?.rollups.find(({ metric }) => metric === 'revenue');
  await store.remove([revenue?.entries[0]?.path ?? '']);
  expect(await agree(trino, questions.slice(0, 1))).toEqual(['same 4+0 false']);
});
