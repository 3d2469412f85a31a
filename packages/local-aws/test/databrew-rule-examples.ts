const step = (...Conditions: readonly string[]) => ({
  Action: { Operation: 'REMOVE_VALUES', Parameters: { sourceColumn: 'a' } },
  ConditionExpressions: Conditions.map((Condition) => ({ Condition, TargetColumn: 'a' })),
});
const recipe = (...Steps: readonly object[]) => ({ Name: 'clean', Steps });

const job = (more: object) => ({
  Name: 'clean',
  DatasetName: 'raw',
  RecipeReference: { Name: 'clean' },
  ...more,
});
const written = (Format: string, CompressionFormat: string) => ({ Outputs: [{ Format, CompressionFormat }] });
const schedule = (CronExpression: string) => ({ Name: 'nightly', CronExpression });

/** Requests to DataBrew that AWS takes and refuses, one entry for each of its rules, in their order. */
export const databrewRuleExamples = [
  {
    service: 'databrew',
    operation: 'CreateDataset',
    taken: [{ Name: 'headwater-shop.eu-clickstream' }, { Name: 'Raw events 1' }],
    refused: [{ Name: 'click_stream' }, { Name: 'a/b' }, { Name: 'ä' }],
  },
  {
    service: 'databrew',
    operation: 'UpdateRecipe',
    taken: [recipe(...Array.from({ length: 100 }, () => step()))],
    refused: [recipe(...Array.from({ length: 101 }, () => step()))],
  },
  {
    service: 'databrew',
    operation: 'CreateRecipe',
    taken: [recipe(step(), step('IS_MISSING', 'NOT_CONTAINS', 'GREATER_THAN_EQUAL'))],
    refused: [recipe(step('IS_NOT_MISSING')), recipe(step('IS', 'MATCHES'))],
  },
  {
    service: 'databrew',
    operation: 'CreateRecipeJob',
    taken: [job({}), { Name: 'clean', ProjectName: 'shop' }],
    refused: [
      { Name: 'clean' },
      { Name: 'clean', DatasetName: 'raw' },
      { Name: 'clean', RecipeReference: { Name: 'clean' } },
      job({ ProjectName: 'shop' }),
    ],
  },
  {
    service: 'databrew',
    operation: 'UpdateRecipeJob',
    taken: [
      { ...written('PARQUET', 'BROTLI') },
      { ...written('CSV', 'ZSTD') },
      { Outputs: [{ Format: 'PARQUET' }] },
    ],
    refused: [{ ...written('PARQUET', 'ZSTD') }, { ...written('GLUEPARQUET', 'GZIP') }],
  },
  {
    service: 'databrew',
    operation: 'UpdateRecipeJob',
    taken: [{ EncryptionMode: 'SSE-S3' }, { EncryptionMode: 'SSE-KMS', EncryptionKeyArn: 'arn' }, {}],
    refused: [{ EncryptionMode: 'SSE-KMS' }, { EncryptionMode: 'SSE-S3', EncryptionKeyArn: 'arn' }],
  },
  {
    service: 'databrew',
    operation: 'CreateSchedule',
    taken: [schedule('cron(0 3 * * ? *)'), schedule('cron(15 8 ? * MON-FRI *)')],
    refused: [schedule('0 3 * * ? *'), schedule('cron(0 3 * * * *)'), schedule('cron(0 3 * * ?)')],
  },
];
