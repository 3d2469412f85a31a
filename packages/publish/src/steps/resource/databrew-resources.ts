import type { DataBrewClient } from '@aws-sdk/client-databrew';
import {
  type AwsTarget,
  deriveDataBrewDataset,
  deriveDataBrewJob,
  deriveDataBrewProject,
  deriveDataBrewRuleset,
  deriveDataBrewSchedule,
  type TableSchema,
} from '@headwater/core';
import { databrewTagging } from '../../aws/databrew-tagging.ts';
import { orMissing } from '../../aws/glue-retry.ts';
import { databrewRecipe } from './databrew-recipe.ts';
import type { LiveResource, PublishedResource, Tags } from './resource-step.ts';

const sdk = () => import('@aws-sdk/client-databrew');

/** What every description of DataBrew has. */
interface Described {
  readonly Tags?: Tags | undefined;
}

const live = (described: Described | undefined): LiveResource | undefined =>
  described && { members: { ...described }, tags: described.Tags ?? {} };

/**
 * What DataBrew keeps for a table, in the order of their references: dataset, recipe, job, ruleset, and where the config asks for them
 * a schedule and a project.
 */
export function databrewResources(
  client: DataBrewClient,
  schema: TableSchema,
  version: string,
  target: AwsTarget,
): readonly PublishedResource[] {
  const { schedule, project } = target.dataBrew ?? {};
  return [
    dataset(client, schema, target),
    databrewRecipe(client, schema, version, target),
    job(client, schema, target),
    ruleset(client, schema, target),
    ...(schedule === undefined ? [] : [scheduled(client, schema, target)]),
    ...(project ? [sampled(client, schema, target)] : []),
  ];
}

function dataset(client: DataBrewClient, schema: TableSchema, target: AwsTarget): PublishedResource {
  const { Tags: tags, ...ours } = deriveDataBrewDataset(schema, target);
  const { Name } = ours;
  return {
    kind: 'databrew-dataset',
    words: 'DataBrew dataset',
    name: Name,
    members: ours,
    tags,
    fields: [
      { member: 'Format', what: 'format' },
      { member: 'FormatOptions', what: 'options of the format' },
      { member: 'Input', what: 'input' },
      { member: 'PathOptions', what: 'choice of files' },
    ],
    async read() {
      const { DescribeDatasetCommand } = await sdk();
      return live(await orMissing(client.send(new DescribeDatasetCommand({ Name }))));
    },
    async create(Tags) {
      const { CreateDatasetCommand } = await sdk();
      await client.send(new CreateDatasetCommand({ ...ours, Tags: { ...Tags } }));
    },
    async update() {
      const { UpdateDatasetCommand } = await sdk();
      await client.send(new UpdateDatasetCommand(ours));
    },
    tag: databrewTagging(client, target, 'dataset', Name),
  };
}

/** An update cannot change the dataset and the recipe (https://docs.aws.amazon.com/databrew/latest/dg/API_UpdateRecipeJob.html). */
function job(client: DataBrewClient, schema: TableSchema, target: AwsTarget): PublishedResource {
  const { Tags: tags, ...ours } = deriveDataBrewJob(schema, target);
  const { Name } = ours;
  return {
    kind: 'databrew-job',
    words: 'DataBrew job',
    name: Name,
    members: ours,
    tags,
    fields: [
      { member: 'RoleArn', what: 'role' },
      { member: 'DatasetName', what: 'dataset', isFixed: true },
      { member: 'RecipeReference', what: 'recipe', isFixed: true },
      { member: 'ProjectName', what: 'project', isFixed: true },
      { member: 'Outputs', what: 'output' },
      { member: 'DataCatalogOutputs', what: 'table' },
      { member: 'DatabaseOutputs', what: 'database' },
      { member: 'EncryptionMode', what: 'encryption', hasDefault: true },
      { member: 'EncryptionKeyArn', what: 'key', hasDefault: true },
      { member: 'LogSubscription', what: 'logs', hasDefault: true },
      { member: 'MaxCapacity', what: 'nodes', hasDefault: true },
      { member: 'MaxRetries', what: 'retries', hasDefault: true },
      { member: 'Timeout', what: 'timeout', hasDefault: true },
    ],
    async read() {
      const { DescribeJobCommand } = await sdk();
      return live(await orMissing(client.send(new DescribeJobCommand({ Name }))));
    },
    async create(Tags) {
      const { CreateRecipeJobCommand } = await sdk();
      await client.send(new CreateRecipeJobCommand({ ...ours, Tags: { ...Tags } }));
    },
    async update() {
      const { UpdateRecipeJobCommand } = await sdk();
      const { DatasetName: _, RecipeReference: __, ...changes } = ours;
      await client.send(new UpdateRecipeJobCommand(changes));
    },
    tag: databrewTagging(client, target, 'job', Name),
  };
}

function ruleset(client: DataBrewClient, schema: TableSchema, target: AwsTarget): PublishedResource {
  const { Tags: tags, ...ours } = deriveDataBrewRuleset(schema, target);
  const { Name } = ours;
  return {
    kind: 'databrew-ruleset',
    words: 'DataBrew ruleset',
    name: Name,
    members: ours,
    tags,
    fields: [
      { member: 'Description', what: 'description' },
      { member: 'TargetArn', what: 'dataset', isFixed: true },
      { member: 'Rules', what: 'rule' },
    ],
    async read() {
      const { DescribeRulesetCommand } = await sdk();
      return live(await orMissing(client.send(new DescribeRulesetCommand({ Name }))));
    },
    async create(Tags) {
      const { CreateRulesetCommand } = await sdk();
      await client.send(new CreateRulesetCommand({ ...ours, Tags: { ...Tags } }));
    },
    async update() {
      const { UpdateRulesetCommand } = await sdk();
      const { TargetArn: _, ...changes } = ours;
      await client.send(new UpdateRulesetCommand(changes));
    },
    tag: databrewTagging(client, target, 'ruleset', Name),
  };
}

function scheduled(client: DataBrewClient, schema: TableSchema, target: AwsTarget): PublishedResource {
  const { Tags: tags, ...ours } = deriveDataBrewSchedule(schema, target);
  const { Name } = ours;
  return {
    kind: 'databrew-schedule',
    words: 'DataBrew schedule',
    name: Name,
    members: ours,
    tags,
    fields: [
      { member: 'CronExpression', what: 'time' },
      { member: 'JobNames', what: 'job' },
    ],
    async read() {
      const { DescribeScheduleCommand } = await sdk();
      return live(await orMissing(client.send(new DescribeScheduleCommand({ Name }))));
    },
    async create(Tags) {
      const { CreateScheduleCommand } = await sdk();
      await client.send(new CreateScheduleCommand({ ...ours, Tags: { ...Tags } }));
    },
    async update() {
      const { UpdateScheduleCommand } = await sdk();
      await client.send(new UpdateScheduleCommand(ours));
    },
    tag: databrewTagging(client, target, 'schedule', Name),
  };
}

function sampled(client: DataBrewClient, schema: TableSchema, target: AwsTarget): PublishedResource {
  const { Tags: tags, ...ours } = deriveDataBrewProject(schema, target);
  const { Name } = ours;
  return {
    kind: 'databrew-project',
    words: 'DataBrew project',
    name: Name,
    members: ours,
    tags,
    fields: [
      { member: 'DatasetName', what: 'dataset', isFixed: true },
      { member: 'RecipeName', what: 'recipe', isFixed: true },
      { member: 'RoleArn', what: 'role' },
      { member: 'Sample', what: 'sample', hasDefault: true },
    ],
    async read() {
      const { DescribeProjectCommand } = await sdk();
      return live(await orMissing(client.send(new DescribeProjectCommand({ Name }))));
    },
    async create(Tags) {
      const { CreateProjectCommand } = await sdk();
      await client.send(new CreateProjectCommand({ ...ours, Tags: { ...Tags } }));
    },
    async update() {
      const { UpdateProjectCommand } = await sdk();
      const { DatasetName: _, RecipeName: __, ...changes } = ours;
      await client.send(new UpdateProjectCommand(changes));
    },
    tag: databrewTagging(client, target, 'project', Name),
  };
}
