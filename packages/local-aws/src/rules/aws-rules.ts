import { type AwsRule, at, has, type Members } from './aws-rule.ts';
import { cloudwatchRules } from './cloudwatch-rules.ts';
import { crawlerRules } from './crawler-rules.ts';
import { databrewRules } from './databrew-rules.ts';
import { firehoseRules } from './firehose-rules.ts';
import { flinkRules } from './flink-rules.ts';
import { glueJobRules } from './glue-job-rules.ts';
import { quicksightRules } from './quicksight-rules.ts';

/** A call of an AWS API, by its own names. */
export interface AwsRequest {
  /** As botocore names it: `glue`, `athena`, `s3`, `lakeformation`, `iam`. */
  readonly service: string;
  readonly operation: string;
  readonly input: object;
}

const lifecycleRules = (input: unknown): unknown[] =>
  [at(input, 'LifecycleConfiguration', 'Rules') ?? []].flat();

/**
 * The rules, each with its source. The tests check every derived request against them, and the façade refuses a request
 * that breaks one, as AWS does.
 */
export const awsRules: readonly AwsRule[] = [
  ...crawlerRules,
  ...glueJobRules,
  ...databrewRules,
  ...firehoseRules,
  ...flinkRules,
  ...cloudwatchRules,
  ...quicksightRules,
  {
    service: 'glue',
    operations: ['UpdateSchema'],
    // The page of SchemaVersionNumber says that one of the two is enough; both together satisfy either text.
    rule: 'UpdateSchema with Compatibility also needs SchemaVersionNumber, the checkpoint',
    source: 'https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateSchema.html',
    isBroken: (input) =>
      has(input, 'Compatibility') &&
      !has(input, 'SchemaVersionNumber', 'VersionNumber') &&
      at(input, 'SchemaVersionNumber', 'LatestVersion') !== true,
  },
  {
    service: 'glue',
    operations: ['CreateTable', 'UpdateTable'],
    // The page of the projection types says MILLISECONDS too, and that the words are those of ChronoUnit, which has MILLIS.
    rule: 'the unit of a projection is a unit of ChronoUnit: YEARS, MONTHS, WEEKS, DAYS, HOURS, MINUTES, SECONDS or MILLIS',
    source: 'https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html',
    isBroken: (input) =>
      Object.entries(Object(at(input, 'TableInput', 'Parameters'))).some(
        ([name, value]) =>
          /^projection\..*\.interval\.unit$/.test(name) &&
          !/^(YEARS|MONTHS|WEEKS|DAYS|HOURS|MINUTES|SECONDS|MILLIS)$/i.test(String(value).trim()),
      ),
  },
  {
    service: 'athena',
    operations: ['CreateWorkGroup'],
    rule: 'a workgroup with managed query results cannot have an OutputLocation',
    source:
      'https://docs.aws.amazon.com/athena/latest/APIReference/API_ManagedQueryResultsConfiguration.html',
    isBroken: (input) =>
      at(input, 'Configuration', 'ManagedQueryResultsConfiguration', 'Enabled') === true &&
      has(input, 'Configuration', 'ResultConfiguration', 'OutputLocation'),
  },
  {
    service: 'athena',
    operations: ['UpdateWorkGroup'],
    rule: 'a workgroup with managed query results cannot get an OutputLocation',
    source:
      'https://docs.aws.amazon.com/athena/latest/APIReference/API_ManagedQueryResultsConfiguration.html',
    isBroken: (input) =>
      at(input, 'ConfigurationUpdates', 'ManagedQueryResultsConfigurationUpdates', 'Enabled') === true &&
      has(input, 'ConfigurationUpdates', 'ResultConfigurationUpdates', 'OutputLocation'),
  },
  {
    service: 'lakeformation',
    operations: ['RegisterResource'],
    rule: 'a location is registered with the service-linked role, or with a role',
    source: 'https://docs.aws.amazon.com/lake-formation/latest/APIReference/API_RegisterResource.html',
    isBroken: (input) => at(input, 'UseServiceLinkedRole') !== true && !has(input, 'RoleArn'),
  },
  {
    service: 'lakeformation',
    operations: ['CreateDataCellsFilter'],
    rule: 'a data filter has either a list of columns or a wildcard',
    source: 'https://docs.aws.amazon.com/lake-formation/latest/APIReference/API_DataCellsFilter.html',
    isBroken: (input) =>
      has(input, 'TableData', 'ColumnNames') === has(input, 'TableData', 'ColumnWildcard') ||
      (at(input, 'TableData', 'ColumnNames', 'length') ?? 1) === 0,
  },
  {
    service: 'lakeformation',
    operations: ['GrantPermissions'],
    rule: 'on a data filter, only SELECT is granted',
    source: 'https://docs.aws.amazon.com/lake-formation/latest/dg/data-filtering-notes.html',
    isBroken: (input) =>
      has(input, 'Resource', 'DataCellsFilter') && String(at(input, 'Permissions')) !== 'SELECT',
  },
  {
    service: 'lakeformation',
    operations: ['GrantPermissions'],
    rule: 'on a location, and on nothing else, DATA_LOCATION_ACCESS is granted',
    source: 'https://docs.aws.amazon.com/lake-formation/latest/dg/lf-permissions-reference.html',
    isBroken: (input) =>
      has(input, 'Resource', 'DataLocation') !==
      String(at(input, 'Permissions')).includes('DATA_LOCATION_ACCESS'),
  },
  {
    service: 'lakeformation',
    operations: ['CreateLFTag', 'AddLFTagsToResource'],
    rule: 'keys and values of tags are in lower case, and have at most 50 characters',
    source: 'https://docs.aws.amazon.com/lake-formation/latest/dg/lf-tag-considerations.html',
    isBroken: (input) =>
      [input, ...[at(input, 'LFTags') ?? []].flat()]
        .flatMap((tag) => [at(tag, 'TagKey'), at(tag, 'TagValues')].flat())
        .filter((text) => text !== undefined)
        .some((text) => String(text).length > 50 || String(text) !== String(text).toLowerCase()),
  },
  {
    service: 's3',
    operations: ['PutBucketLifecycleConfiguration'],
    rule: 'a lifecycle has 1 to 1,000 rules, each with an id of its own of at most 255 characters',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html',
    isBroken(input) {
      const ids = lifecycleRules(input).map((rule) => String(at(rule, 'ID')));
      const isOfLength = (id: string): boolean => id.length >= 1 && id.length <= 255;
      return ids.length < 1 || ids.length > 1000 || new Set(ids).size < ids.length || !ids.every(isOfLength);
    },
  },
  {
    service: 's3',
    operations: ['PutBucketLifecycleConfiguration'],
    rule: 'a rule of a lifecycle has an action, in whole days from 1, and expires objects either after days or as markers without versions',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleExpiration.html',
    isBroken: (input) =>
      lifecycleRules(input).some((rule) => {
        const days = [
          at(rule, 'Expiration', 'Days'),
          at(rule, 'NoncurrentVersionExpiration', 'NoncurrentDays'),
          at(rule, 'AbortIncompleteMultipartUpload', 'DaysAfterInitiation'),
        ].filter((found) => found !== undefined);
        const isMarker = has(rule, 'Expiration', 'ExpiredObjectDeleteMarker');
        const hasBoth = isMarker && has(rule, 'Expiration', 'Days');
        const isWhole = days.every((count) => Number.isInteger(count) && Number(count) >= 1);
        return hasBoth || !isWhole || (days.length === 0 && !isMarker);
      }),
  },
];

/**
 * The rules that a request breaks, each with its source. Empty when it breaks none.
 *
 * @example awsRuleProblems({ service: 'glue', operation: 'UpdateSchema', input: { Compatibility: 'NONE' } })
 * // ['UpdateSchema with Compatibility also needs SchemaVersionNumber, the checkpoint (https://docs.aws...)']
 */
export const awsRuleProblems = ({ service, operation, input }: AwsRequest): string[] =>
  awsRules
    .filter((rule) => rule.service === service && rule.operations.includes(operation))
    .filter((rule) => rule.isBroken(input as Members))
    .map(({ rule, source }) => `${rule} (${source})`);
