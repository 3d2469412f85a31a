import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AwsTarget,
  deriveAthenaWorkgroup,
  deriveCrawler,
  deriveDataQualityRuleset,
  deriveGlueSchema,
  deriveLakeFormation,
} from '@headwater/core';
import { platformFacts } from '@headwater/infra';
import type { PlatformConfig } from '@headwater/infra/config';
import { publishedTables, readSnapshots, saveSchema, withoutColumnParameters } from '@headwater/publish';
import { metricStatement, metrics, revenue } from '@headwater/queries';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { namedQueries } from '../src/catalog/named-queries.ts';
import { savedVersion } from '../src/catalog/saved-version.ts';
import { clickstream, local, probes } from './support/shop.ts';
import { shopConfig } from './support/shop-config.ts';
import { type Synthesized, synthesize } from './support/synthesize.ts';

const reader = 'arn:aws:iam::123456789012:role/reader';

let folder: string;
let config: PlatformConfig;
let target: AwsTarget;
let shop: Synthesized;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-schema-'));
  const { stream: _, ...aws } = shopConfig().aws ?? Object.create(null);
  config = {
    tables: [clickstream, probes],
    aws,
    schemas: folder,
    maxScan: '5 GB',
    infra: {
      parts: { lakeFormation: true },
      lakeFormation: { readers: [{ principal: reader, permissionClass: 'no_pii' }] },
    },
  };
  ({ target } = platformFacts(config));
  for (const { schema } of config.tables) await saveSchema({ now: schema, folder });
  shop = await synthesize(config);
});
afterAll(async () => {
  await shop?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const ofType = (type: string) => Object.values(shop.resources).filter(({ Type }) => Type === type);
const propertiesOf = (type: string) => ofType(type).map(({ Properties }) => Properties);
const versionsOf = async (...tables: string[]) => ({
  folder,
  of: new Map(
    await Promise.all(tables.map(async (table) => [table, await readSnapshots(folder, table)] as const)),
  ),
});

describe('the catalog', () => {
  test('has the tables and views that publishing writes, as it writes them, but for parameters of columns', async () => {
    const versions = await versionsOf('clickstream', 'probes');
    const published = [clickstream, probes].flatMap(({ schema }) =>
      publishedTables(savedVersion(versions, schema), target),
    );
    const tables = propertiesOf('AWS::Glue::Table');
    expect(tables).toEqual(
      published.map((TableInput) => ({
        CatalogId: target.account,
        DatabaseName: 'shop',
        TableInput: withoutColumnParameters(TableInput),
      })),
    );
    expect(published.map(({ Name }) => Name)).toContain('clickstream__view_no_pii');
    expect(published[0]?.Parameters).toMatchObject({ 'headwater.version': '1.0.0' });
  });

  test('keeps tables, databases, schemas and workgroups when the stack is deleted', () => {
    for (const type of [
      'Glue::Table',
      'Glue::Database',
      'Glue::Registry',
      'Glue::Schema',
      'Athena::WorkGroup',
    ]) {
      const found = ofType(`AWS::${type}`);
      expect(found.length, type).toBeGreaterThan(0);
      for (const { DeletionPolicy, UpdateReplacePolicy } of found)
        expect([DeletionPolicy, UpdateReplacePolicy], type).toEqual(['Retain', 'Retain']);
    }
  });

  test('makes a table after its database, and a schema after its registry', () => {
    for (const type of ['AWS::Glue::Table', 'AWS::Glue::Schema'])
      for (const { DependsOn = [] } of ofType(type)) expect(DependsOn).toHaveLength(1);
  });

  test('has the schemas of the registry that are derived', () => {
    const derived = [clickstream, probes].map(({ schema }) => deriveGlueSchema(schema, target));
    expect(propertiesOf('AWS::Glue::Schema')).toEqual(
      derived.map(({ RegistryId, SchemaName, ...schema }) => ({
        ...schema,
        Name: SchemaName,
        Registry: { Name: RegistryId.RegistryName },
        Tags: [
          { Key: 'headwater:database', Value: 'shop' },
          { Key: 'headwater:table', Value: SchemaName },
        ],
      })),
    );
  });

  test('has a workgroup for each class of readers, with an enforced cutoff', () => {
    const derived = [undefined, 'no_pii' as const].map((readers) =>
      deriveAthenaWorkgroup(target, 5e9, readers),
    );
    expect(propertiesOf('AWS::Athena::WorkGroup')).toEqual(
      derived.map(({ Configuration, ...workgroup }) => ({
        ...workgroup,
        WorkGroupConfiguration: Configuration,
        Tags: [{ Key: 'headwater:database', Value: 'shop' }],
      })),
    );
  });
});

describe('named queries', () => {
  const named = () => propertiesOf('AWS::Athena::NamedQuery');
  const inWorkgroup = (workgroup: string) => named().filter(({ WorkGroup }) => WorkGroup === workgroup);

  test('there is one for every metric that a table can answer', () => {
    const names = inWorkgroup('headwater-shop').map(({ Name }) => Name);
    expect(names.filter((name) => String(name).startsWith('clickstream'))).toEqual(
      Object.keys(metrics).map((metric) => `clickstream: ${metric}`),
    );
    expect(names).toContain('probes: peak-hours');
    expect(names).not.toContain('probes: revenue');
  });

  test('each is the statement of its metric over days before today, and its text is the same tomorrow', () => {
    const text = String(named().find(({ Name }) => Name === 'clickstream: revenue')?.['QueryString']);
    expect(text).toContain("current_date - interval '7' day");
    const fixed = metricStatement({
      table: clickstream,
      metric: revenue,
      source: '"clickstream__view"',
      days: { from: '2026-03-02', to: '2026-03-08' },
    });
    // What differs from the statement of two days is days.
    const withoutDays = (sql: string): string =>
      sql
        .replaceAll(
          /cast\((?:cast\()?\(current_date - interval '\d+' day\)(?: [+-] interval '\d+' day as date\))? as (?:timestamp|varchar)\)/g,
          '<day>',
        )
        .replaceAll(/timestamp '2026-[^']*'|'2026-[-\d]*'/g, '<day>')
        .replaceAll("(<day> || '/' || <day>)", '<range>')
        .replaceAll(/'2026-[-\d]*\/2026-[-\d]*'/g, '<range>');
    expect(withoutDays(text)).toBe(withoutDays(fixed));
    for (const { QueryString } of named()) expect(QueryString).not.toMatch(/'\d{4}-\d{2}-\d{2}/);
  });

  test('readers who may not see an id have those metrics that need none, from their view', () => {
    const texts = inWorkgroup('headwater-shop-no-pii').map(({ QueryString }) => String(QueryString));
    expect(texts.length).toBeGreaterThan(5);
    for (const text of texts) expect(text).not.toMatch(/user_id|user_session/);
    expect(texts[0]).toContain('"clickstream__view_no_pii"');
  });

  test('a table in a zone with summer time has the first days of the lake, and says so', () => {
    const [query] = namedQueries(local, target, [revenue]);
    expect(query?.QueryString).toContain("timestamp '2025-12-31 23:00:00.000'");
    expect(query?.Description).toContain('7 days from 2026-01-01 in Europe/Berlin');
  });
});

test('crawlers and rulesets are those that are derived', () => {
  const crawlers = [clickstream, probes].map(({ schema }) => deriveCrawler(schema, target));
  expect(propertiesOf('AWS::Glue::Crawler')).toEqual(
    crawlers.map(({ Tags, ...crawler }) => ({
      ...crawler,
      Tags: { ...Tags, 'headwater:database': 'shop', 'headwater:table': Tags['headwater-table'] },
    })),
  );
  const rulesets = [clickstream, probes].map(({ schema }) => deriveDataQualityRuleset(schema, target));
  expect(propertiesOf('AWS::Glue::DataQualityRuleset')).toEqual(
    rulesets.map(({ Tags, ...ruleset }) => ({
      ...ruleset,
      Tags: { ...Tags, 'headwater:database': 'shop', 'headwater:table': Tags['headwater-table'] },
    })),
  );
  expect(propertiesOf('AWS::Glue::Database').map(({ DatabaseInput }) => DatabaseInput)).toEqual([
    { Name: 'shop', LocationUri: 's3://example-shop-lake/events/', CreateTableDefaultPermissions: [] },
    { Name: 'shop_landing', LocationUri: 's3://example-shop-landing/raw/clickstream/' },
  ]);
});

describe('Lake Formation', () => {
  test('has every derived call that CloudFormation has a resource for, once and in order', () => {
    const calls = [clickstream, probes].flatMap(({ schema }) =>
      deriveLakeFormation(schema, target, config.infra?.lakeFormation),
    );
    const count = (operation: string) =>
      new Set(calls.filter((call) => call.operation === operation).map((call) => JSON.stringify(call))).size;
    expect(ofType('AWS::LakeFormation::Tag')).toHaveLength(1);
    expect(ofType('AWS::LakeFormation::Resource')).toHaveLength(1);
    expect(ofType('AWS::LakeFormation::TagAssociation')).toHaveLength(count('AddLFTagsToResource'));
    const grants = propertiesOf('AWS::LakeFormation::PrincipalPermissions');
    const principals = grants.map(({ Principal }) => JSON.stringify(Principal));
    expect(principals.filter((text) => text.includes(reader))).toHaveLength(count('GrantPermissions'));
    const order = Object.entries(shop.resources).filter(([, { Type }]) =>
      Type.startsWith('AWS::LakeFormation'),
    );
    for (const [index, [, { DependsOn }]] of order.entries())
      if (index > 0) expect([DependsOn].flat()).toEqual([order[index - 1]?.[0]]);
  });

  test('leaves to IAM the tables that hold no clean event, and no other', () => {
    const open = propertiesOf('AWS::LakeFormation::PrincipalPermissions')
      .filter(({ Principal }) => JSON.stringify(Principal).includes('IAM_ALLOWED_PRINCIPALS'))
      .map(({ Resource }) => (Resource as { Table: { Name: string } }).Table.Name);
    expect(open.toSorted()).toEqual([
      'clickstream__raw_csv',
      'clickstream__raw_json',
      'probes__raw_csv',
      'probes__raw_json',
    ]);
  });
});

describe('refusals', () => {
  test('a table without a saved version', async () => {
    const versions = await versionsOf('local');
    expect(() => savedVersion(versions, local.schema)).toThrow(
      `local has no saved version in ${folder}, and the stack has the tables of the latest one. Run \`headwater schema save --table local\`.`,
    );
  });

  test('a definition that changed since', async () => {
    const versions = await versionsOf('probes');
    const [, ...columns] = probes.schema.columns;
    const changed = {
      ...probes.schema,
      columns: [...probes.schema.columns.slice(0, 1), ...columns.slice(0, 1)],
    };
    expect(() => savedVersion(versions, changed)).toThrow(/no longer version 1\.0\.0/);
    expect(savedVersion(versions, probes.schema).number).toBe(1);
  });

  test('a crawler that would look where nothing lands', () => {
    const { landing: __, ...crawler } = config.aws?.crawler ?? {};
    const wrong = { ...config, infra: { landing: 's3://other/raw' }, aws: { ...config.aws, crawler } };
    expect(() => platformFacts(wrong as PlatformConfig)).toThrow(
      "infra.landing is s3://other/raw, and aws.crawler names no folder: it would look at the raw layer of the lake, where nothing lands. Set aws.crawler.landing to 's3://other/raw'",
    );
  });

  test('a reader that is no principal', () => {
    const wrong = { ...config, infra: { lakeFormation: { readers: [{ principal: 'bob' }] } } };
    expect(() => platformFacts(wrong)).toThrow(
      /infra\.lakeFormation\.readers\.0\.principal must be the ARN of a role/,
    );
  });

  test("catalog: 'published' leaves out what publishing keeps", () => {
    const { has } = platformFacts({ ...config, infra: { catalog: 'published' } });
    for (const part of ['catalog', 'crawler', 'dataQuality', 'dataBrew', 'lakeFormation'] as const)
      expect(has(part), part).toBe(false);
    expect(has('load')).toBe(true);
  });
});
