import { randomBytes } from 'node:crypto';
import {
  CreateDatasetCommand,
  CreateProjectCommand,
  CreateRecipeCommand,
  CreateRecipeJobCommand,
  CreateRulesetCommand,
  CreateScheduleCommand,
  DataBrewClient,
  DeleteDatasetCommand,
  DeleteJobCommand,
  DeleteRecipeVersionCommand,
  DescribeDatasetCommand,
  DescribeJobCommand,
  DescribeJobRunCommand,
  DescribeRecipeCommand,
  ListRecipeVersionsCommand,
  PublishRecipeCommand,
  type RecipeStep,
  StartJobRunCommand,
  TagResourceCommand,
  UpdateRecipeCommand,
  UpdateRecipeJobCommand,
} from '@aws-sdk/client-databrew';
import { expect, inject, it } from 'vitest';

const databrew = new DataBrewClient({ maxAttempts: 1 });
const Name = `stand-in-${randomBytes(4).toString('hex')}`;
const role = 'arn:aws:iam::123456789012:role/headwater-shop-databrew';
const step = (Operation: string): RecipeStep => ({
  Action: { Operation, Parameters: { sourceColumn: 'brand' } },
});

const steps = async (RecipeVersion?: string): Promise<(string | undefined)[]> => {
  const { Steps = [] } = await databrew.send(new DescribeRecipeCommand({ Name, RecipeVersion }));
  return Steps.map(({ Action }) => Action?.Operation);
};

const input = { S3InputDefinition: { Bucket: 'shop-landing', Key: 'events/' } };
const job = {
  Name,
  RoleArn: role,
  DatasetName: Name,
  Outputs: [{ Location: { Bucket: 'shop-lake' }, Format: 'PARQUET' as const }],
};

it('keeps a working copy and published versions of a recipe', async () => {
  await databrew.send(new CreateRecipeCommand({ Name, Steps: [step('LOWER_CASE')], Tags: { team: 'shop' } }));
  await expect(steps()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  expect(await steps('LATEST_WORKING')).toEqual(['LOWER_CASE']);
  await databrew.send(new PublishRecipeCommand({ Name }));
  await databrew.send(new UpdateRecipeCommand({ Name, Steps: [step('UPPER_CASE')] }));
  expect([await steps(), await steps('LATEST_WORKING')]).toEqual([['LOWER_CASE'], ['UPPER_CASE']]);
  await databrew.send(new PublishRecipeCommand({ Name }));
  expect([await steps(), await steps('1.0'), await steps('2.0')]).toEqual([
    ['UPPER_CASE'],
    ['LOWER_CASE'],
    ['UPPER_CASE'],
  ]);
  const { Recipes = [] } = await databrew.send(new ListRecipeVersionsCommand({ Name }));
  expect(Recipes.map(({ RecipeVersion }) => RecipeVersion)).toEqual(['1.0', '2.0']);
  await expect(
    databrew.send(new DeleteRecipeVersionCommand({ Name, RecipeVersion: 'LATEST_WORKING' })),
  ).rejects.toMatchObject({ name: 'ConflictException' });
  expect(await databrew.send(new DescribeRecipeCommand({ Name }))).toMatchObject({
    Tags: { team: 'shop' },
    ResourceArn: `arn:aws:databrew:us-east-1:123456789012:recipe/${Name}`,
    PublishedDate: expect.any(Date),
  });
});

it('refuses what refers to nothing, in the order of the references', async () => {
  const reference = { RecipeReference: { Name, RecipeVersion: 'LATEST_PUBLISHED' } };
  const create = () => databrew.send(new CreateRecipeJobCommand({ ...job, ...reference }));
  await expect(create()).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: expect.stringContaining('dataset'),
  });
  const target = { Name, TargetArn: `arn:aws:databrew:us-east-1:123456789012:dataset/${Name}` };
  const rules = [
    { Name: 'rows', CheckExpression: 'AGG(ROWS_COUNT) > :val', SubstitutionMap: { ':val': '0' } },
  ];
  const ruleset = () => databrew.send(new CreateRulesetCommand({ ...target, Rules: rules }));
  await expect(ruleset()).rejects.toMatchObject({ name: 'ValidationException' });
  await databrew.send(new CreateDatasetCommand({ Name, Input: input, Format: 'CSV' }));
  await ruleset();
  await expect(
    databrew.send(new CreateRecipeJobCommand({ ...job, RecipeReference: { Name, RecipeVersion: '3.0' } })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  const schedule = { Name, CronExpression: 'cron(0 3 * * ? *)', JobNames: [Name] };
  await expect(databrew.send(new CreateScheduleCommand(schedule))).rejects.toMatchObject({
    name: 'ValidationException',
  });
  await create();
  await databrew.send(new CreateScheduleCommand(schedule));
  await expect(create()).rejects.toMatchObject({ name: 'ConflictException' });
  await expect(databrew.send(new DeleteDatasetCommand({ Name }))).rejects.toMatchObject({
    name: 'ConflictException',
  });
  await databrew.send(new CreateProjectCommand({ Name, DatasetName: Name, RecipeName: Name, RoleArn: role }));
});

it('keeps what an update of a job cannot change, and resets what it omits', async () => {
  await databrew.send(new UpdateRecipeJobCommand({ Name, RoleArn: role, Outputs: job.Outputs, Timeout: 60 }));
  expect(await databrew.send(new DescribeJobCommand({ Name }))).toMatchObject({
    DatasetName: Name,
    Type: 'RECIPE',
    Timeout: 60,
  });
  await databrew.send(new UpdateRecipeJobCommand({ Name, RoleArn: role, Outputs: job.Outputs }));
  expect(await databrew.send(new DescribeJobCommand({ Name }))).toMatchObject({
    RecipeReference: { Name, RecipeVersion: 'LATEST_PUBLISHED' },
    Timeout: 2880,
  });
});

it('tags, and says that a run of a job runs nothing here', async () => {
  const ResourceArn = `arn:aws:databrew:us-east-1:123456789012:dataset/${Name}`;
  await databrew.send(new TagResourceCommand({ ResourceArn, Tags: { 'headwater:version': '1.0.0' } }));
  expect((await databrew.send(new DescribeDatasetCommand({ Name }))).Tags).toEqual({
    'headwater:version': '1.0.0',
  });
  const { RunId = '' } = await databrew.send(new StartJobRunCommand({ Name }));
  expect(await databrew.send(new DescribeJobRunCommand({ Name, RunId }))).toMatchObject({
    State: 'FAILED',
    ErrorMessage: 'The stand-in runs no recipes.',
  });
  await expect(databrew.send(new StartJobRunCommand({ Name: 'none' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await databrew.send(new DeleteJobCommand({ Name }));
});

it('holds requests to the model and to the rules that it lacks', async () => {
  const refused = (Steps: RecipeStep[], name = 'refused') =>
    expect(databrew.send(new CreateRecipeCommand({ Name: name, Steps }))).rejects;
  await refused([{ Action: { Operation: 'LOWER_CASE', Parameters: { sourceColumn: '' } } }]).toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('at least 1'),
  });
  await refused([step('lower')]).toMatchObject({ message: expect.stringContaining('does not match') });
  await refused(Array.from({ length: 101 }, () => step('LOWER_CASE'))).toMatchObject({
    message: expect.stringContaining('at most 100 steps'),
  });
  await refused([], 'snake_case').toMatchObject({ name: 'ValidationException' });
});

it('fails as a test has ordered', async () => {
  const engines = inject('engines');
  const url = 'missing' in engines ? '' : engines.aws;
  const order = {
    count: 1,
    service: 'AWSGlueDataBrew',
    operation: 'DescribeDataset',
    error: 'InternalServerException',
  };
  await fetch(`${url}/_local/throttle`, { method: 'POST', body: JSON.stringify(order) });
  const describe = () => databrew.send(new DescribeDatasetCommand({ Name }));
  await expect(describe()).rejects.toMatchObject({ name: 'InternalServerException' });
  expect((await describe()).Name).toBe(Name);
});
