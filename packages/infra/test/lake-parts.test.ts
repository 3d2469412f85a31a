import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AwsTarget,
  deriveAthenaWorkgroup,
  deriveCrawler,
  deriveDataBrewDataset,
  deriveDataBrewJob,
  deriveDataBrewProject,
  deriveDataBrewRecipe,
  deriveDataBrewSchedule,
  deriveDataQualityRuleset,
  deriveGlueSchema,
  deriveLakeFormation,
  deriveSparkJob,
  type TableSchema,
} from '@headwater/core';
import { loadPipelineParts, sparkJobModules } from '@headwater/core/internal';
import { platformFacts, scaleSizes } from '@headwater/infra';
import type { PlatformConfig } from '@headwater/infra/config';
import {
  publishedResourceTags,
  publishedTables,
  readSnapshots,
  saveSchema,
  withoutColumnParameters,
} from '@headwater/publish';
import { metricStatement, metrics, revenue } from '@headwater/queries';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jobPlans } from '../src/assets/job-plans.ts';
import { LakeFormation } from '../src/catalog/lake-formation.ts';
import { callId, namedByContent } from '../src/catalog/lake-formation-calls.ts';
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
    aws: { ...aws, dataBrew: { ...aws.dataBrew, project: true } },
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
        // As in the input.
        Name: TableInput.Name,
        TableInput: withoutColumnParameters(TableInput),
      })),
    );
    expect(published.map(({ Name }) => Name)).toContain('clickstream__view_no_pii');
    expect(published[0]?.Parameters).toMatchObject({ 'headwater.version': '1.0.0' });
  });

  test('keeps tables, databases, schemas and workgroups when the stack is deleted, and none that it could not finish to create', () => {
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
        expect([DeletionPolicy, UpdateReplacePolicy], type).toEqual(['RetainExceptOnCreate', 'Retain']);
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

test('crawlers and rulesets are those that are derived, with the record of publishing', () => {
  const crawlers = [clickstream, probes].map(({ schema }) => deriveCrawler(schema, target));
  expect(propertiesOf('AWS::Glue::Crawler')).toEqual(
    crawlers.map(({ Tags, ...crawler }) => ({
      ...crawler,
      Tags: {
        ...{ ...Tags, 'headwater-published': expect.stringMatching(/^description:/) },
        ...{ 'headwater:database': 'shop', 'headwater:table': Tags['headwater-table'] },
      },
    })),
  );
  const rulesets = [clickstream, probes].map(({ schema }) => deriveDataQualityRuleset(schema, target));
  expect(propertiesOf('AWS::Glue::DataQualityRuleset')).toEqual(
    rulesets.map(({ Tags, ...ruleset }) => ({
      ...ruleset,
      Tags: {
        ...{ ...Tags, 'headwater-published': expect.stringMatching(/^description:/) },
        ...{ 'headwater:database': 'shop', 'headwater:table': Tags['headwater-table'] },
      },
    })),
  );
  expect(propertiesOf('AWS::Glue::Database').map(({ DatabaseName }) => DatabaseName)).toEqual([
    'shop',
    'shop_landing',
  ]);
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

  const callsOf = (schema: TableSchema, by: 'tags' | 'filters') =>
    namedByContent(
      deriveLakeFormation(schema, target, {
        by,
        readers: [{ principal: reader, permissionClass: 'no_pii' }],
      }),
    );

  test('a call that stays the same is the same resource, whatever comes before it', () => {
    const part = shop.stack.node.findAll().find((one) => one instanceof LakeFormation);
    const ids = part?.node.children.map(({ node }) => node.id) ?? [];
    expect(new Set(ids).size).toBe(ids.length);
    for (const { schema } of config.tables) {
      const calls = deriveLakeFormation(schema, target, config.infra?.lakeFormation).filter(
        ({ operation }) => operation !== 'RevokePermissions',
      );
      expect(ids).toEqual(expect.arrayContaining(calls.map(callId)));
    }
    const [first, ...others] = probes.schema.columns;
    const before = callsOf({ ...probes.schema, columns: others }, 'tags');
    const after = callsOf(probes.schema, 'tags');
    expect(first).toBeDefined();
    const added = after.filter((call) => !before.some((other) => callId(other) === callId(call)));
    expect(added.length).toBeGreaterThan(0);
    // Only calls that name the column are others.
    for (const { input } of added) expect(JSON.stringify(input)).toContain(`"${first?.name}"`);
  });

  test('a replaced association takes no tag from a column', () => {
    const found = ofType('AWS::LakeFormation::TagAssociation');
    for (const { DeletionPolicy, UpdateReplacePolicy } of found)
      expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
  });

  test('a filter of other columns has another name, by which it is granted', () => {
    const namesOf = (schema: TableSchema) => {
      const calls = callsOf(schema, 'filters');
      const made = calls.flatMap(({ operation, input }) =>
        operation === 'CreateDataCellsFilter' ? [input.TableData.Name] : [],
      );
      const granted = calls.flatMap(({ operation, input }) =>
        operation === 'GrantPermissions' && 'DataCellsFilter' in input.Resource
          ? [input.Resource.DataCellsFilter.Name]
          : [],
      );
      expect(granted).toHaveLength(1);
      expect(made).toEqual(expect.arrayContaining(granted));
      return made;
    };
    const { columns } = clickstream.schema;
    const others = columns.filter(({ name }) => name !== 'brand');
    expect(others.length).toBeLessThan(columns.length);
    const [all, fewer] = [namesOf(clickstream.schema), namesOf({ ...clickstream.schema, columns: others })];
    // The quarantine has no such column.
    const same = all.filter((name) => fewer.includes(name));
    expect(same).toEqual(all.filter((name) => name.startsWith('clickstream__quarantine__')));
    expect(same.length).toBeLessThan(all.length);
    expect(namesOf(clickstream.schema)).toEqual(all);
    for (const name of all) expect(name).toMatch(/^clickstream__[a-z_]+_[0-9a-f]{12}$/);
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

describe('DataBrew', () => {
  test('has what is derived for every table: dataset, recipe, job, ruleset, schedule and project', () => {
    const untagged = ({ Tags: _, ...body }: Readonly<Record<string, unknown>>) => body;
    const made = (type: string) => propertiesOf(`AWS::DataBrew::${type}`).map(untagged);
    const schemas = [clickstream, probes].map(({ schema }) => schema);
    const derived = (derive: (schema: TableSchema, place: AwsTarget) => object) =>
      schemas.map((schema) => untagged({ ...derive(schema, target) }));
    expect(made('Dataset')).toEqual(derived(deriveDataBrewDataset));
    expect(made('Recipe')).toEqual(derived(deriveDataBrewRecipe));
    expect(made('Schedule')).toEqual(derived(deriveDataBrewSchedule));
    expect(made('Project')).toEqual(derived(deriveDataBrewProject));
    expect(made('Job')).toEqual(
      schemas.map((schema) => {
        const { RecipeReference, Tags: _, ...job } = deriveDataBrewJob(schema, target);
        const Recipe = { Name: RecipeReference.Name, Version: RecipeReference.RecipeVersion };
        return { ...job, Type: 'RECIPE', Recipe };
      }),
    );
    expect(made('Ruleset')).toHaveLength(2);
  });

  test('carries the record by which publishing knows what it wrote', () => {
    const published = [clickstream, probes].map(({ schema }) =>
      publishedResourceTags('dataBrew', schema, '1.0.0', target),
    );
    for (const type of ['Dataset', 'Recipe', 'Job', 'Ruleset', 'Schedule', 'Project']) {
      const tags = propertiesOf(`AWS::DataBrew::${type}`).map(({ Tags }) =>
        Object.fromEntries((Tags as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value])),
      );
      expect(tags, type).toMatchObject(published.map((kinds) => kinds[`databrew-${type.toLowerCase()}`]));
      expect(tags[0]?.['headwater-published'], type).toBeDefined();
    }
  });

  test('has the same tags whatever the definition, where CloudFormation would replace what is tagged', () => {
    const [first, ...others] = probes.schema.columns;
    const columns = first ? [{ ...first, doc: 'The other words' }, ...others.slice(0, -1)] : [];
    const [before, after] = [probes.schema, { ...probes.schema, columns }].map((schema) =>
      publishedResourceTags('dataBrew', schema, '1.0.0', target),
    );
    const changed = Object.keys(before ?? {}).filter(
      (kind) => JSON.stringify(before?.[kind]) !== JSON.stringify(after?.[kind]),
    );
    expect(changed).toEqual(['databrew-ruleset']);
  });

  test('a recipe is published before the job that runs it, again when its steps change, by a right to that alone', () => {
    const published = Object.entries(shop.resources).filter(([, { Type }]) => Type.startsWith('Custom::'));
    expect(published).toHaveLength(2);
    const jobs = ofType('AWS::DataBrew::Job');
    for (const [index, [id, { Properties }]] of published.entries()) {
      expect(jobs[index]?.DependsOn).toContain(id);
      const call = JSON.parse(String(Properties['Create']));
      expect(call).toMatchObject({ service: 'DataBrew', action: 'publishRecipe' });
      expect(call.physicalResourceId.id).toMatch(/-[0-9a-f]{16}$/);
      expect(Properties['Update']).toBe(Properties['Create']);
    }
    const rights = JSON.stringify(propertiesOf('AWS::IAM::Policy')).match(/databrew:[A-Z][A-Za-z]+/g);
    expect(new Set(rights)).toEqual(new Set(['databrew:PublishRecipe']));
  });
});

describe('loads', () => {
  /** A template's value as text, with places of assets in place of what CloudFormation joins. */
  const text = (value: unknown): string =>
    JSON.stringify(value, (_, member: unknown) =>
      typeof member === 'object' && member !== null && 'Fn::Sub' in member ? member['Fn::Sub'] : member,
    );
  const parts = () =>
    [clickstream, probes].map(({ schema, name }) =>
      loadPipelineParts(schema, target, { landing: `s3://example-shop-landing/raw/${name}/` }),
    );

  test('every table has its Spark job, with scripts and a plan that are uploaded', () => {
    const jobs = propertiesOf('AWS::Glue::Job').filter(({ Command }) => text(Command).includes('glueetl'));
    expect(jobs.map(({ Name }) => Name)).toEqual(['headwater-shop-clickstream', 'headwater-shop-probes']);
    for (const [index, { schema }] of [clickstream, probes].entries()) {
      const { job } = deriveSparkJob(schema, target, { inputBytes: scaleSizes.small.load.bytesPerRun });
      const { Command, DefaultArguments, Tags: _, ...others } = jobs[index] ?? {};
      const { Command: __, DefaultArguments: wanted, Tags: ___, ...derived } = job;
      expect(others).toEqual(derived);
      expect(text(Command)).toMatch(/cdk-hnb659fds-assets-[^/]*\/[0-9a-f]{64}\.py/);
      const given = DefaultArguments as Record<string, unknown>;
      expect(Object.keys(given).toSorted()).toEqual(Object.keys(wanted).toSorted());
      expect(text(given['--plan'])).toMatch(/[0-9a-f]{64}\.json/);
      expect(text(given['--extra-py-files'])).toMatch(/[0-9a-f]{64}\.zip/);
      expect(given['--enable-metrics']).toBe('');
    }
  });

  test('the plan of a job is that of a submission to an empty lake, whose files may be of saved versions', async () => {
    const plan = JSON.parse(await readFile(shop.assets.plans['probes'] ?? '', 'utf8'));
    expect(plan).toMatchObject({ table: 'probes', lake: target.location, inputs: [], lookups: [] });
    expect(plan.manifest.fits).toHaveLength(1);
    expect(plan.manifest.fits).toEqual([plan.manifest.schema]);
  });

  test('the modules are a folder of their own, which is uploaded as a zip', async () => {
    const files = await readdir(shop.assets.spark.library);
    expect(files.toSorted()).toEqual([...sparkJobModules].toSorted());
  });

  test('the state machine, the pipe and the verifying job are those that are derived', () => {
    expect(propertiesOf('AWS::StepFunctions::StateMachine')).toMatchObject(
      parts().map(({ stateMachine }) => ({
        StateMachineName: stateMachine.name,
        DefinitionString: stateMachine.definition,
        TracingConfiguration: { Enabled: true },
        LoggingConfiguration: { Level: 'ALL' },
      })),
    );
    expect(propertiesOf('AWS::Pipes::Pipe')).toMatchObject(parts().map(({ pipe }) => pipe));
    const verifying = propertiesOf('AWS::Glue::Job').filter(({ Command }) =>
      text(Command).includes('pythonshell'),
    );
    for (const [index, { verify }] of parts().entries()) {
      const { Command, Tags: _, ...job } = verifying[index] ?? {};
      const { Command: __, ...derived } = verify;
      expect(job).toEqual(derived);
    }
  });

  test('the queue and its rule drop repetitions as they are derived', () => {
    for (const [index, { queue, rule, ruleTarget }] of parts().entries()) {
      const made = propertiesOf('AWS::SQS::Queue')[index];
      const { Policy: _, ...attributes } = queue.Attributes;
      for (const [name, value] of Object.entries(attributes)) expect(String(made?.[name]), name).toBe(value);
      expect(made?.['QueueName']).toBe(queue.QueueName);
      const found = propertiesOf('AWS::Events::Rule').find(({ Name }) => Name === rule.Name);
      expect(found?.['EventPattern']).toEqual(JSON.parse(rule.EventPattern));
      expect(found?.['Targets']).toMatchObject(
        ruleTarget.Targets.map(({ Input, SqsParameters }) => ({ Input, SqsParameters })),
      );
    }
  });

  test('each role has its derived policy, and reads the objects that it needs and no others', () => {
    const roles = propertiesOf('AWS::IAM::Role');
    for (const { name, permissions } of parts().flatMap(({ roles: derived }) => derived)) {
      const role = roles.find(({ RoleName }) => RoleName === name);
      const document = text(role?.['Policies']);
      for (const { Sid } of permissions.policy.Statement) expect(document, name).toContain(`"${Sid}"`);
    }
    const granted = propertiesOf('AWS::IAM::Policy')
      .flatMap(
        ({ PolicyDocument }) =>
          (PolicyDocument as { Statement: { Action: unknown; Resource: unknown }[] }).Statement,
      )
      .filter(({ Action }) => Action === 's3:GetObject');
    expect(granted.length).toBeGreaterThan(0);
    for (const { Resource } of granted) expect(text(Resource)).not.toContain('*');
  });
});

describe('refusals', () => {
  test('a table with lookups, whose files no pipeline reads', async () => {
    const lookups = { ...probes.schema, lookups: { names: {} } } as unknown as typeof probes.schema;
    const facts = { ...platformFacts(config), tables: [{ ...probes, schema: lookups }] };
    await expect(jobPlans(facts, { folder, of: new Map() }, folder)).rejects.toThrow(
      'infra.parts.load cannot load probes: the files of its lookups are read when `headwater etl submit` starts a load, and a pipeline has none. Set infra.parts.load to false',
    );
  });

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
