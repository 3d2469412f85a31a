import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type AwsTarget, awsTarget, deriveGlueTable, type QuickSightConfig } from '@headwater/core';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { closeLake, createLake, type Lake, metrics, sql } from '@headwater/queries';
import { trinoEngine } from '@headwater/queries/trino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { boardCharts } from '../../src/quicksight/board-charts.ts';
import { type ChartPlan, planChart } from '../../src/quicksight/chart-plan.ts';
import { deriveQuickSight, planContext } from '../../src/quicksight/derive-quicksight.ts';
import { clickstream } from '../support/clickstream.ts';
import { type ShopLake, shopLake } from '../support/shop-lake.ts';
import { evaluateVisual } from './evaluate-visual.ts';
import { expectSame, pageFigures, visualFigures } from './page-figures.ts';

const sandbox = useAwsSandbox('quicksight-statements');
let shop: ShopLake;
let lake: Lake;
let aws: AwsTarget;

/** The shop's lake, where Trino reads it, as Athena does. */
beforeAll(async () => {
  const { bucket, database, location, endpoints } = sandbox;
  shop = await shopLake(3000);
  const folder = join(shop.folder, 'lake');
  aws = awsTarget({
    region: 'us-east-1',
    account: '123456789012',
    database,
    location,
    firstDay: '2024-02-05',
    // Each day that is projected costs a listing.
    lastDay: '2024-03-17',
  });
  const [s3, glue] = [new S3Client(), new GlueClient()];
  for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath, file.name);
    const Key = `${location.slice(`s3://${bucket}/`.length)}${path.slice(folder.length)}`;
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: createReadStream(path) }));
  }
  const TableInput = deriveGlueTable(clickstream.schema, aws);
  await glue.send(new CreateTableCommand({ DatabaseName: database, TableInput }));
  s3.destroy();
  glue.destroy();
  lake = createLake({
    tables: [clickstream],
    engine: trinoEngine({ url: endpoints.trino, catalog: 'awsdatacatalog', schema: database }),
  });
});
afterAll(async () => {
  await closeLake(lake);
  await shop.close();
});

async function run(text: string): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  const { batches } = await sql(lake, text);
  for await (const batch of batches()) rows.push(...batch);
  return rows;
}

const range = { from: '2024-03-01', to: '2024-03-05' };
const days = { From: new Date('2024-03-01T00:00:00Z'), To: new Date('2024-03-05T00:00:00Z') };
const arn = (name: string) => `arn:aws:quicksight:us-east-1:123456789012:${name}`;

/** Each form of statement: a grain and filters that are filled in, steps, a rank within a limit, and rows of days in SPICE. */
const cases = [
  { id: 'visitors-by', config: {}, grain: 'week' },
  { id: 'funnel', config: {} },
  { id: 'brands', config: {} },
  { id: 'carts', config: { mode: 'spice' }, grain: 'month' },
] as const satisfies readonly { id: string; config: Partial<QuickSightConfig>; grain?: string }[];

test.for(cases)(
  '$id on Trino: the figures of the page, for a reader of one brand',
  async ({ id, config, ...rest }) => {
    const [{ brand } = {}] = await run(
      'select brand from clickstream where brand is not null group by brand order by count(*) desc limit 1',
    );
    const rows = {
      column: 'brand',
      roles: {
        own: { values: [String(brand)], principals: [arn('user/default/own')] },
        all: { principals: [arn('group/default/all')] },
      },
    };
    const options = {
      table: clickstream,
      metrics,
      aws,
      config: { owners: [arn('user/default/own')], rows, ...config },
    };
    const { assets } = deriveQuickSight(options);
    const context = planContext(options);
    const plan = boardCharts(metrics)
      .map((chart) => planChart(chart, context))
      .find((one): one is ChartPlan => 'spec' in one && one.chart.id === id);
    if (!plan) throw new Error(`${id} is planned`);
    const grain = 'grain' in rest ? rest.grain : undefined;
    const parameters = { ...days, ...(grain === undefined ? {} : { Grain: grain }) };
    const reader = { parameters, principal: arn('user/default/own'), run };
    const found = visualFigures(await evaluateVisual(assets, id, reader));
    const asked = { where: { brand: [brand] }, ...(grain === undefined ? {} : { grain }) };
    const expected = await pageFigures(shop, plan, range, asked);
    expect(expected.size).toBeGreaterThan(0);
    expectSame(found, expected);
  },
);
