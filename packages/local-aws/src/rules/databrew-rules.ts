import { type AwsRule, at, has, type Members } from './aws-rule.ts';

const page = (name: string): string => `https://docs.aws.amazon.com/databrew/latest/dg/${name}.html`;

const named = [
  'CreateDataset',
  'CreateRecipe',
  'CreateRecipeJob',
  'CreateRuleset',
  'CreateSchedule',
  'CreateProject',
];

const listOf = (value: unknown): unknown[] => [value ?? []].flat();

const steps = (input: Members): unknown[] => listOf(at(input, 'Steps'));

const conditions =
  /^(IS|IS_NOT|IS_BETWEEN|(NOT_)?CONTAINS|(NOT_)?STARTS_WITH|(NOT_)?ENDS_WITH|(LESS|GREATER)_THAN(_EQUAL)?|IS_INVALID|IS_MISSING)$/;

/** Compressions of Parquet. The model takes every compression for every format. */
const parquetCompressions: Readonly<Record<string, readonly string[]>> = {
  PARQUET: ['SNAPPY', 'GZIP', 'LZ4', 'LZO', 'BROTLI'],
  GLUEPARQUET: ['SNAPPY'],
};

const recipes = { service: 'databrew', operations: ['CreateRecipe', 'UpdateRecipe'] } as const;

/** Rules about Glue DataBrew. */
export const databrewRules: readonly AwsRule[] = [
  {
    service: 'databrew',
    operations: named,
    rule: 'a name has letters, digits, hyphens, periods and spaces',
    source: page('API_CreateRecipe'),
    isBroken: (input) => !/^[A-Za-z0-9.\- ]+$/.test(String(at(input, 'Name'))),
  },
  {
    ...recipes,
    rule: 'a recipe has at most 100 steps',
    source: page('recipes'),
    isBroken: (input) => steps(input).length > 100,
  },
  {
    ...recipes,
    rule: 'a condition is one of those of recipes; there is no IS_NOT_MISSING and no OR',
    source: page('recipes'),
    isBroken: (input) =>
      steps(input)
        .flatMap((step) => listOf(at(step, 'ConditionExpressions')))
        .some((one) => !conditions.test(String(at(one, 'Condition')))),
  },
  {
    service: 'databrew',
    operations: ['CreateRecipeJob'],
    rule: 'a job has either a project, or a dataset and a recipe',
    source: page('API_CreateRecipeJob'),
    isBroken: (input) =>
      has(input, 'ProjectName') === (has(input, 'DatasetName') || has(input, 'RecipeReference')) ||
      has(input, 'DatasetName') !== has(input, 'RecipeReference'),
  },
  {
    service: 'databrew',
    operations: ['CreateRecipeJob', 'UpdateRecipeJob'],
    rule: 'Parquet is compressed by Snappy, gzip, LZ4, LZO or Brotli, and GLUEPARQUET by Snappy only',
    source: page('jobs.recipe'),
    isBroken: (input) =>
      listOf(at(input, 'Outputs')).some((output) => {
        const allowed = parquetCompressions[String(at(output, 'Format'))];
        const compression = at(output, 'CompressionFormat');
        return allowed !== undefined && compression !== undefined && !allowed.includes(String(compression));
      }),
  },
  {
    service: 'databrew',
    operations: ['CreateRecipeJob', 'UpdateRecipeJob'],
    rule: 'a job that encrypts by a key of KMS names it',
    source: page('API_CreateRecipeJob'),
    isBroken: (input) => (at(input, 'EncryptionMode') === 'SSE-KMS') !== has(input, 'EncryptionKeyArn'),
  },
  {
    service: 'databrew',
    operations: ['CreateSchedule', 'UpdateSchedule'],
    rule: 'a schedule has six fields, with ? for exactly one of the two days',
    source: page('jobs.cron'),
    isBroken(input) {
      const fields = /^cron\((.+)\)$/.exec(String(at(input, 'CronExpression')))?.[1]?.split(' ') ?? [];
      return fields.length !== 6 || (fields[2] === '?') === (fields[4] === '?');
    },
  },
];
