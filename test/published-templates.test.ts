import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clickstream } from '../examples/ecommerce/src/clickstream.ts';
import shops from '../examples/shops/headwater.config.ts';
import type { PlatformConfig } from '../packages/infra/src/config/index.ts';
import { platformApp, platformFacts } from '../packages/infra/src/index.ts';
import {
  publishedTables,
  readSnapshots,
  saveSchema,
  withoutColumnParameters,
} from '../packages/publish/src/index.ts';

/** The definitions of the examples, as a platform on AWS has them. Lookups have no pipeline. */
const [first, ...others] = [clickstream, ...shops.tables];
const config: PlatformConfig = {
  tables: [first ?? clickstream, ...others.filter(({ name }) => name !== clickstream.name)],
  aws: {
    region: 'eu-central-1',
    account: '123456789012',
    database: 'shop',
    location: 's3://example-shop-lake/events',
    firstDay: '2019-10-01',
    permissionClasses: ['no_pii', 'no_direct_pii'],
  },
  infra: { parts: { load: false, watch: false } },
};

test("the stack's tables are those that publishing writes, for every definition of the examples", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-templates-'));
  try {
    const schemas = join(folder, 'schema');
    for (const { schema } of config.tables) await saveSchema({ now: schema, folder: schemas });
    const app = await platformApp({ ...config, schemas }, { folder: join(folder, 'app') });
    const { Resources } = app.synth().stacks[0]?.template ?? {};
    const { target } = platformFacts(config);
    const written = Object.values<{ Type: string; Properties: { TableInput: unknown } }>(Resources).flatMap(
      ({ Type, Properties }) => (Type === 'AWS::Glue::Table' ? [Properties.TableInput] : []),
    );
    const published = await Promise.all(
      config.tables.map(async ({ name }) => {
        const [saved] = await readSnapshots(schemas, name);
        return saved ? publishedTables(saved, target) : [];
      }),
    );
    expect(written).toEqual(published.flat().map(withoutColumnParameters));
    expect(written.length).toBeGreaterThan(config.tables.length * 4 - 1);
  } finally {
    await rm(folder, { recursive: true });
  }
});
