import type { Members } from '../../rules/aws-rule.ts';
import { AwsError } from '../aws-error.ts';
import type { DataBrewStore, TaggedKind } from './databrew-store.ts';
import type { RecipeContent } from './recipes.ts';
import type { ResourceKind } from './resources.ts';

/** Answers an operation. Its input is valid by the model of the service. */
type Operation = (store: DataBrewStore, input: Members) => Members;

const nameOf = ({ Name }: Members): string => String(Name);

function create(kind: ResourceKind, more: Members = {}): Operation {
  return (store, input) => {
    store.resources[kind].create({ ...input, ...more });
    return created(store, kind, input);
  };
}

function created(store: DataBrewStore, kind: TaggedKind, input: Members): Members {
  store.tags.set(store.arn(kind, nameOf(input)), Object(input['Tags'] ?? {}));
  return { Name: nameOf(input) };
}

function update(kind: ResourceKind): Operation {
  return (store, input) => {
    store.resources[kind].update(input);
    return { Name: nameOf(input) };
  };
}

const describe =
  (kind: ResourceKind): Operation =>
  (store, input) =>
    store.described(kind, store.resources[kind].get(nameOf(input)));

const remove =
  (kind: ResourceKind): Operation =>
  (store, input) => {
    store.resources[kind].delete(nameOf(input));
    store.tags.delete(store.arn(kind, nameOf(input)));
    return { Name: nameOf(input) };
  };

const list =
  (kind: ResourceKind, member: string): Operation =>
  (store) => ({ [member]: store.resources[kind].list().map((one) => store.described(kind, one)) });

const contentOf = (input: Members): RecipeContent => ({ Name: nameOf(input), ...input });

const arnOf = (store: DataBrewStore, { ResourceArn }: Members): string => {
  const arn = String(ResourceArn);
  if (!store.has(arn))
    throw new AwsError('ResourceNotFoundException', `The resource ${arn} wasn't found.`, {}, 404);
  return arn;
};

const recipeVersion = ({ RecipeVersion }: Members): string | undefined =>
  RecipeVersion === undefined ? undefined : String(RecipeVersion);

/**
 * The operations of DataBrew that the stand-in has: all but those of profiles and of sessions.
 *
 * @see https://docs.aws.amazon.com/databrew/latest/dg/API_Operations.html
 */
export const databrewOperations: Readonly<Record<string, Operation>> = {
  CreateRecipe(store, input) {
    store.recipes.create(contentOf(input));
    return created(store, 'recipe', input);
  },
  UpdateRecipe(store, input) {
    store.recipes.update(contentOf(input));
    return { Name: nameOf(input) };
  },
  PublishRecipe(store, input) {
    const { Description } = input;
    store.recipes.publish(nameOf(input), Description === undefined ? undefined : String(Description));
    return { Name: nameOf(input) };
  },
  DescribeRecipe: (store, input) =>
    store.described('recipe', { ...store.recipes.describe(nameOf(input), recipeVersion(input)) }),
  ListRecipes: (store, input) => ({ Recipes: store.recipes.list(recipeVersion(input)) }),
  ListRecipeVersions: (store, input) => ({ Recipes: store.recipes.versions(nameOf(input)) }),
  DeleteRecipeVersion(store, input) {
    const version = recipeVersion(input) ?? '';
    store.recipes.deleteVersion(nameOf(input), version);
    return { Name: nameOf(input), RecipeVersion: version };
  },
  CreateDataset: create('dataset'),
  UpdateDataset: update('dataset'),
  DescribeDataset: describe('dataset'),
  ListDatasets: list('dataset', 'Datasets'),
  DeleteDataset: remove('dataset'),
  CreateRecipeJob: create('job', { Type: 'RECIPE' }),
  UpdateRecipeJob: update('job'),
  DescribeJob: describe('job'),
  ListJobs: list('job', 'Jobs'),
  DeleteJob: remove('job'),
  CreateRuleset: create('ruleset'),
  UpdateRuleset: update('ruleset'),
  DescribeRuleset: describe('ruleset'),
  ListRulesets: list('ruleset', 'Rulesets'),
  DeleteRuleset: remove('ruleset'),
  CreateProject: create('project'),
  UpdateProject: update('project'),
  DescribeProject: describe('project'),
  ListProjects: list('project', 'Projects'),
  DeleteProject: remove('project'),
  CreateSchedule: create('schedule'),
  UpdateSchedule: update('schedule'),
  DescribeSchedule: describe('schedule'),
  ListSchedules: list('schedule', 'Schedules'),
  DeleteSchedule: remove('schedule'),
  StartJobRun: (store, input) => ({ RunId: store.runs.start(store.resources.job.get(nameOf(input))) }),
  DescribeJobRun: (store, input) => ({ ...store.runs.get(nameOf(input), String(input['RunId'])) }),
  ListJobRuns: (store, input) => ({
    JobRuns: store.runs.list(String(store.resources.job.get(nameOf(input))['Name'])),
  }),
  StopJobRun: (store, input) => ({ RunId: store.runs.get(nameOf(input), String(input['RunId'])).RunId }),
  ListTagsForResource: (store, input) => ({ Tags: store.tags.get(arnOf(store, input)) ?? {} }),
  TagResource(store, input) {
    store.tag(arnOf(store, input), Object(input['Tags']));
    return {};
  },
};
