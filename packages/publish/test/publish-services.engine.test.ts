import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateDatasetCommand,
  CreateRecipeJobCommand,
  DataBrewClient,
  DeleteJobCommand,
  DescribeJobCommand,
  DescribeRecipeCommand,
  ListRecipeVersionsCommand,
  TagResourceCommand,
  UpdateRecipeCommand,
  UpdateRecipeJobCommand,
} from '@aws-sdk/client-databrew';
import {
  GetCrawlerCommand,
  GetDataQualityRulesetCommand,
  GlueClient,
  UpdateCrawlerCommand,
  UpdateDataQualityRulesetCommand,
} from '@aws-sdk/client-glue';
import {
  type AwsTarget,
  dataBrewName,
  deriveCrawler,
  deriveDataBrewDataset,
  deriveDataBrewJob,
  deriveDataQualityRuleset,
  lake,
  lowerCase,
  trim,
} from '@headwater/core';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { afterAll, expect, inject, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { type PublishPlan, planPublish, publishedResourceTags, publishSchema } from '../src/index.ts';
import { schemaWith, targetIn } from './publish-fixture.ts';

const aws = useAwsSandbox('services');
const databrew = new DataBrewClient({ maxAttempts: 1 });
const glue = new GlueClient();
afterAll(() => {
  databrew.destroy();
  glue.destroy();
});

const services = {
  dataBrew: { landing: 's3://shop-landing/raw', schedule: 'cron(0 3 * * ? *)', project: true },
  crawler: { landing: 's3://shop-landing/raw', schedule: 'cron(0 4 * * ? *)' },
  dataQuality: {},
} as const;
const target = (): AwsTarget => ({ ...targetIn(aws), ...services });

/** Only what is kept beside the tables, by its action. */
const actions = ({ steps }: PublishPlan): Record<string, string> =>
  Object.fromEntries(
    steps
      .filter(({ step }) => /^(DataBrew|crawler|data quality)/.test(step))
      .map(({ step, action }) => [step.replace(/ headwater-.*/, ''), action]),
  );
const all = (action: string) => ({
  'DataBrew dataset': action,
  'DataBrew recipe': action,
  'DataBrew job': action,
  'DataBrew ruleset': action,
  'DataBrew schedule': action,
  'DataBrew project': action,
  crawler: action,
  'data quality ruleset': action,
});

async function project(table: string, more: Partial<AwsTarget> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-services-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const Name = dataBrewName(target(), table);
  const lower = schemaWith(table, {
    brand: z
      .string()
      .register(lake, { clean: [lowerCase()] })
      .optional(),
  });
  const options = (schema = lower, allow: readonly string[] = [], others: Partial<AwsTarget> = {}) => ({
    schema,
    target: { ...target(), ...more, ...others },
    folder,
    databrew,
    allow,
  });
  return {
    Name,
    lower,
    upper: schemaWith(table, {
      brand: z
        .string()
        .register(lake, { clean: [trim()] })
        .optional(),
    }),
    plan: (...given: Parameters<typeof options>) => planPublish(options(...given)),
    publish: (...given: Parameters<typeof options>) => publishSchema(options(...given)),
    steps: async (RecipeVersion: string) =>
      (await databrew.send(new DescribeRecipeCommand({ Name, RecipeVersion }))).Steps,
    versions: async () => (await databrew.send(new ListRecipeVersionsCommand({ Name }))).Recipes?.length,
  };
}

async function fail(operation: string): Promise<void> {
  const engines = inject('engines');
  const order = { count: 1, service: 'AWSGlueDataBrew', operation, error: 'InternalServerException' };
  const url = 'missing' in engines ? '' : engines.aws;
  await fetch(`${url}/_local/throttle`, { method: 'POST', body: JSON.stringify(order) });
}

test('publishes what the config asks for once, and a version of the recipe for other steps only', async () => {
  const { lower, upper, plan, publish, steps, versions } = await project('published');
  expect(actions(await publish())).toEqual(all('create'));
  expect(await plan()).toMatchObject({ isDone: true });
  expect(actions(await publish())).toEqual(all('none'));
  expect(await versions()).toBe(1);
  const first = await steps('1.0');

  const changed = await plan(upper);
  expect(actions(changed)).toEqual({
    ...all('none'),
    'DataBrew recipe': 'update',
    // A rule of lower case goes.
    'data quality ruleset': 'update',
  });
  const { differences = [] } = changed.steps.find(({ step }) => step.startsWith('DataBrew recipe')) ?? {};
  expect(
    differences.map(({ what, was, becomes, cause }) => [what, was === null, becomes === null, cause]),
  ).toEqual([
    ['step', false, true, 'change'],
    ['step', true, false, 'change'],
    ['published step', false, true, 'change'],
    ['published step', true, false, 'change'],
  ]);
  await publish(upper);
  expect(await steps('LATEST_PUBLISHED')).not.toEqual(first);
  // The earlier definition, as a rollback publishes it.
  await publish(lower);
  expect(await steps('LATEST_PUBLISHED')).toEqual(first);
  expect(await versions()).toBe(3);
  expect(await plan(lower)).toMatchObject({ isDone: true });
});

test('puts right what a hand changed only when it is allowed, and keeps the tags of others', async () => {
  const { Name, plan, publish, steps, versions } = await project('changed');
  await publish();
  const first = await steps('1.0');
  const trim = { Action: { Operation: 'DELETE', Parameters: { sourceColumn: 'brand' } } };
  await databrew.send(new UpdateRecipeCommand({ Name, Steps: [trim] }));
  const { RoleArn } = await databrew.send(new DescribeJobCommand({ Name }));
  const { Outputs } = deriveDataBrewJob(schemaWith('changed', {}), target());
  await databrew.send(
    new UpdateRecipeJobCommand({
      Name,
      RoleArn,
      Outputs,
      Timeout: 5,
      LogSubscription: 'ENABLE',
      EncryptionMode: 'SSE-S3',
    }),
  );
  const ResourceArn = `arn:aws:databrew:us-east-1:123456789012:job/${Name}`;
  await databrew.send(new TagResourceCommand({ ResourceArn, Tags: { team: 'shop' } }));

  const needs = [`overwrite-drift:databrew-recipe:${Name}`, `overwrite-drift:databrew-job:${Name}`];
  const drifted = await plan();
  expect(drifted.needs).toEqual(needs);
  expect(drifted.steps.find(({ step }) => step.startsWith('DataBrew job'))?.differences).toEqual([
    { what: 'timeout', was: '5', becomes: '480', cause: 'drift' },
  ]);
  await expect(publish()).rejects.toMatchObject({ code: 'CHANGES_NOT_ALLOWED', payload: { ids: needs } });
  expect(await steps('LATEST_WORKING')).toEqual([trim]);
  await publish(undefined, needs);
  expect([await steps('LATEST_WORKING'), await versions()]).toEqual([first, 1]);
  expect(await databrew.send(new DescribeJobCommand({ Name }))).toMatchObject({
    Timeout: 480,
    Tags: { team: 'shop' },
  });
  expect(await plan()).toMatchObject({ isDone: true });
});

test('does the rest after each of its calls failed once', async () => {
  const { plan, publish, versions } = await project('failed');
  const operations = [
    'CreateDataset',
    'CreateRecipe',
    'PublishRecipe',
    'TagResource',
    'CreateRecipeJob',
    'CreateSchedule',
  ];
  for (const operation of operations) {
    await fail(operation);
    const failed = { code: 'PUBLISH_INCOMPLETE', payload: { failed: expect.stringMatching(/^DataBrew/) } };
    await expect(publish(), operation).rejects.toMatchObject(failed);
  }
  expect((await plan()).needs).toEqual([]);
  await publish();
  expect(await versions()).toBe(1);
  expect(await plan()).toMatchObject({ isDone: true });
});

test('does the rest after a version of the recipe was not published', async () => {
  const { upper, plan, publish, versions } = await project('unpublished');
  await publish();
  await fail('PublishRecipe');
  await expect(publish(upper)).rejects.toMatchObject({ code: 'PUBLISH_INCOMPLETE' });
  expect(await plan(upper)).toMatchObject({ needs: [], isDone: false });
  await publish(upper);
  expect(await versions()).toBe(2);
});

test('takes over what somebody else made only when it is allowed, and never what AWS cannot change', async () => {
  const { Name, plan, publish } = await project('taken');
  const dataset = deriveDataBrewDataset(schemaWith('taken', {}), target());
  await databrew.send(new CreateDatasetCommand({ ...dataset, Format: 'JSON', FormatOptions: undefined }));
  const needs = [`adopt-databrew-dataset:${Name}`];
  await expect(publish()).rejects.toMatchObject({ code: 'CHANGES_NOT_ALLOWED', payload: { ids: needs } });
  await publish(undefined, needs);
  expect(await plan()).toMatchObject({ isDone: true });

  const { Tags: _, ...job } = deriveDataBrewJob(schemaWith('taken', {}), target());
  const DatasetName = `${Name}-other`;
  await databrew.send(new CreateDatasetCommand({ ...dataset, Name: DatasetName }));
  await databrew.send(new DeleteJobCommand({ Name }));
  await databrew.send(new CreateRecipeJobCommand({ ...job, DatasetName }));
  await expect(plan()).rejects.toMatchObject({
    code: 'RESOURCE_FIXED',
    payload: { resource: `DataBrew job ${Name}`, fields: ['dataset'] },
  });
});

test('takes for its own what a stack deployed with tags that it cannot change, and records what it writes', async () => {
  const { Name, lower, upper, plan, publish } = await project('deployed');
  await publish();
  for (const [kind, Tags] of Object.entries(publishedResourceTags('dataBrew', lower, '1.0.0', target()))) {
    const ResourceArn = `arn:aws:databrew:us-east-1:123456789012:${kind.replace('databrew-', '')}/${Name}`;
    await databrew.send(new TagResourceCommand({ ResourceArn, Tags }));
  }
  const record = async () =>
    (await databrew.send(new DescribeRecipeCommand({ Name, RecipeVersion: 'LATEST_WORKING' }))).Tags?.[
      'headwater-published'
    ];
  expect(await record()).toBe('deployed');
  expect(await plan()).toMatchObject({ isDone: true });

  expect(await plan(upper)).toMatchObject({ needs: [], isDone: false });
  await publish(upper);
  expect(await record()).toMatch(/^description:/);
  await databrew.send(new UpdateRecipeCommand({ Name, Description: 'Mine' }));
  expect(await plan(upper)).toMatchObject({ needs: [`overwrite-drift:databrew-recipe:${Name}`] });
});

test('removes the schedule of a crawler, and puts right what a hand changed on it and on the rules', async () => {
  const { plan, publish } = await project('crawled', { dataBrew: undefined });
  expect(actions(await publish())).toEqual({ crawler: 'create', 'data quality ruleset': 'create' });
  const Name = deriveCrawler(schemaWith('crawled', {}), target()).Name;
  await glue.send(new UpdateCrawlerCommand({ Name, TablePrefix: 'mine_' }));
  const { Name: rules, Ruleset } = deriveDataQualityRuleset(schemaWith('crawled', {}), target());
  await glue.send(new UpdateDataQualityRulesetCommand({ Name: rules, Ruleset: `Rules = [ RowCount > 7 ]` }));
  const needs = [`overwrite-drift:crawler:${Name}`, `overwrite-drift:data-quality:${rules}`];
  expect(await plan()).toMatchObject({ needs });
  await publish(undefined, needs);
  expect(await plan()).toMatchObject({ isDone: true });

  expect((await glue.send(new GetDataQualityRulesetCommand({ Name: rules }))).Ruleset).toContain(
    Ruleset.split('\n')[1],
  );

  // The config has no schedule any more.
  const onDemand = await plan(undefined, [], { crawler: {} });
  expect(onDemand.steps.find(({ step }) => step.startsWith('crawler'))?.differences).toMatchObject([
    { what: 'folder', cause: 'change' },
    { what: 'schedule', was: 'cron(0 4 * * ? *)', becomes: null, cause: 'change' },
  ]);
  await publish(undefined, [], { crawler: {} });
  expect(await plan(undefined, [], { crawler: {} })).toMatchObject({ isDone: true });
  expect((await glue.send(new GetCrawlerCommand({ Name }))).Crawler?.Schedule).toBeUndefined();
});

test('publishes a service for the tables that the config names', async () => {
  const named = await project('named', {
    dataBrew: { tables: ['other'] },
    crawler: undefined,
    dataQuality: undefined,
  });
  expect(actions(await named.plan())).toEqual({});
});
