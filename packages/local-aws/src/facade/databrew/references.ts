import { at, type Members } from '../../rules/aws-rule.ts';
import { AwsError } from '../aws-error.ts';
import type { DataBrewStore } from './databrew-store.ts';

/** Checks that what a new resource refers to exists. */
type ReferenceCheck = (store: DataBrewStore, input: Members) => void;

const notFound = (what: string): AwsError =>
  new AwsError('ResourceNotFoundException', `The ${what} wasn't found.`, {}, 404);

/** Operations that do not list ResourceNotFoundException among their errors refuse the request as such. */
const invalid = (what: string): AwsError =>
  new AwsError('ValidationException', `The ${what} does not exist.`);

/** The references of each operation, by the pages of the operations (https://docs.aws.amazon.com/databrew/latest/dg/API_Operations.html). */
const checks: Readonly<Record<string, ReferenceCheck>> = {
  CreateRecipeJob({ resources, recipes }, input) {
    const { DatasetName, ProjectName, RecipeReference } = input;
    if (DatasetName !== undefined && !resources.dataset.has(String(DatasetName)))
      throw notFound(`dataset ${DatasetName}`);
    if (ProjectName !== undefined && !resources.project.has(String(ProjectName)))
      throw notFound(`project ${ProjectName}`);
    if (RecipeReference === undefined) return;
    const name = String(at(RecipeReference, 'Name'));
    const version = String(at(RecipeReference, 'RecipeVersion') ?? 'LATEST_PUBLISHED');
    if (!recipes.find(name, version)) throw notFound(`recipe ${name} for version ${version}`);
  },
  CreateProject({ resources, recipes }, { DatasetName, RecipeName }) {
    if (!resources.dataset.has(String(DatasetName))) throw invalid(`dataset ${DatasetName}`);
    if (!recipes.has(String(RecipeName))) throw invalid(`recipe ${RecipeName}`);
  },
  CreateRuleset(store, { TargetArn }) {
    if (!store.has(String(TargetArn))) throw invalid(`target ${TargetArn}`);
  },
  CreateSchedule: checkJobs,
  UpdateSchedule: checkJobs,
  DeleteDataset({ resources }, { Name }) {
    const users = [...resources.job.list(), ...resources.project.list()];
    if (users.some(({ DatasetName }) => DatasetName === Name))
      throw new AwsError('ConflictException', `The dataset ${Name} is used by a job or a project.`, {}, 409);
  },
};

function checkJobs({ resources }: DataBrewStore, { JobNames = [] }: Members): void {
  const missing = [JobNames].flat().find((name) => !resources.job.has(String(name)));
  if (missing !== undefined) throw invalid(`job ${missing}`);
}

/** @throws AwsError for a request that refers to something that does not exist, or removes what something refers to */
export function checkReferences(store: DataBrewStore, operation: string, input: Members): void {
  checks[operation]?.(store, input);
}
