import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deriveAthenaWorkgroup, deriveGlueSchema } from '@headwater/core';
import { platformApp, platformFacts } from '@headwater/infra';
import type { PlatformConfig } from '@headwater/infra/config';
import { publishedTables, saveSchema, withoutColumnParameters } from '@headwater/publish';
import { metricStatement, metrics } from '@headwater/queries';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clickstream, probes } from './support/shop.ts';
import { shopConfig } from './support/shop-config.ts';
import { type Synthesized, synthesize } from './support/synthesize.ts';

let folder: string;
let config: PlatformConfig;
let shop: Synthesized;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-schema-'));
  const { aws } = shopConfig();
  config = {
    tables: [clickstream, probes],
    aws: { ...aws, stream: undefined } as PlatformConfig['aws'],
    schemas: folder,
    maxScan: '5 GB',
    infra: { parts: { lakeFormation: true } },
  };
  for (const { schema } of config.tables) await saveSchema({ now: schema, folder });
  shop = await synthesize(config);
});
afterAll(async () => {
  await shop?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const ofType = (type: string) => Object.values(shop.resources).filter(({ Type }) => Type === type);
test('tables', () => {
  console.log(
    shop.text.length,
    Object.keys(shop.resources).length,
    ofType('AWS::Athena::NamedQuery').map(
      ({ Properties }) =>
        Properties['Name'] + ' ' + Properties['WorkGroup'] + ' ' + String(Properties['QueryString']).length,
    ),
  );
  console.log(ofType('AWS::Athena::NamedQuery')[3]);
});
