import { expect, test } from 'vitest';
import { awsRuleProblems, awsRules } from '../src/rules/aws-rules.ts';
import { cloudwatchRuleExamples } from './cloudwatch-rule-examples.ts';
import { databrewRuleExamples } from './databrew-rule-examples.ts';
import { firehoseRuleExamples } from './firehose-rule-examples.ts';
import { flinkRuleExamples } from './flink-rule-examples.ts';
import { quicksightRuleExamples } from './quicksight-rule-examples.ts';

interface Example {
  readonly service: string;
  readonly operation: string;
  readonly taken: readonly object[];
  readonly refused: readonly object[];
}

const place = { OutputLocation: 's3://results/' };
const projected = (unit: string) => ({
  TableInput: { Parameters: { 'projection.enabled': 'true', 'projection.dt.interval.unit': unit } },
});

const expiring = { Expiration: { Days: 1 } };
const lifecycle = (...Rules: readonly object[]) => ({ LifecycleConfiguration: { Rules } });

const script = (args: object, more: object = {}) => ({ Name: 'load', DefaultArguments: args, ...more });
const command = (more: object) => ({ Command: { Name: 'glueetl', ...more } });

const crawls = { RecrawlPolicy: { RecrawlBehavior: 'CRAWL_NEW_FOLDERS_ONLY' } };
const logs = { SchemaChangePolicy: { UpdateBehavior: 'LOG', DeleteBehavior: 'LOG' } };
const onS3 = { Targets: { S3Targets: [{ Path: 's3://landing/' }] } };
const configured = (configuration: object) => ({ Configuration: JSON.stringify(configuration) });

/** Requests that AWS takes and refuses, one entry for each rule, in their order. */
const examples: readonly Example[] = [
  {
    service: 'glue',
    operation: 'CreateCrawler',
    taken: [
      { ...onS3, ...crawls, ...logs },
      { ...onS3, SchemaChangePolicy: { UpdateBehavior: 'UPDATE_IN_DATABASE' } },
    ],
    refused: [
      { ...onS3, ...crawls },
      {
        ...onS3,
        ...crawls,
        SchemaChangePolicy: { ...logs.SchemaChangePolicy, UpdateBehavior: 'UPDATE_IN_DATABASE' },
      },
      {
        ...onS3,
        ...crawls,
        SchemaChangePolicy: { ...logs.SchemaChangePolicy, DeleteBehavior: 'DEPRECATE_IN_DATABASE' },
      },
    ],
  },
  {
    service: 'glue',
    operation: 'UpdateCrawler',
    taken: [
      { ...onS3, ...crawls, ...logs },
      { Targets: { CatalogTargets: [{ DatabaseName: 'shop', Tables: ['raw'] }] }, ...logs },
    ],
    refused: [
      { Targets: { CatalogTargets: [{ DatabaseName: 'shop', Tables: ['raw'] }] }, ...crawls, ...logs },
      { Targets: { S3Targets: [] }, ...crawls, ...logs },
    ],
  },
  {
    service: 'glue',
    operation: 'CreateCrawler',
    taken: [
      configured({ Version: 1, CrawlerOutput: { Partitions: { AddOrUpdateBehavior: 'InheritFromTable' } } }),
      configured({
        Version: 1,
        Grouping: { TableGroupingPolicy: 'CombineCompatibleSchemas', TableLevelConfiguration: 2 },
      }),
      configured({
        Version: 1,
        CrawlerOutput: { Tables: { TableThreshold: 5 } },
        CreatePartitionIndex: false,
      }),
    ],
    refused: [
      { Configuration: '{' },
      configured({ Version: 2 }),
      configured({ CreatePartitionIndex: false }),
      configured({ Version: 1, CrawlerOutput: { Partitions: { UpdateBehavior: 'LOG' } } }),
      configured({ Version: 1, CrawlerOutput: { Tables: { TableThreshold: 0 } } }),
    ],
  },
  {
    service: 'glue',
    operation: 'CreateCrawler',
    taken: [onS3, { Targets: { S3Targets: [{ Path: 's3://landing/', SampleSize: 249 }] } }],
    refused: [{ Targets: { S3Targets: [{ Path: 's3://landing/', SampleSize: 250 }] } }],
  },
  {
    service: 'glue',
    operation: 'CreateCrawler',
    taken: [
      { ...onS3, Schedule: 'cron(15 12 * * ? *)' },
      { ...onS3, Schedule: '' },
    ],
    refused: [
      { ...onS3, Schedule: 'cron(15 12 * * *)' },
      { ...onS3, Schedule: 'cron(15 12 * * * *)' },
    ],
  },
  {
    service: 'glue',
    operation: 'CreateJob',
    taken: [{ WorkerType: 'G.1X' }, { WorkerType: 'R.8X' }, {}],
    refused: [{ WorkerType: 'G.3X' }],
  },
  {
    service: 'glue',
    operation: 'UpdateJob',
    taken: [
      { JobUpdate: { WorkerType: 'G.1X', NumberOfWorkers: 2 } },
      { JobUpdate: { MaxCapacity: 0.0625 } },
    ],
    refused: [
      { JobUpdate: { WorkerType: 'G.1X', NumberOfWorkers: 1 } },
      { JobUpdate: { WorkerType: 'G.1X', MaxCapacity: 10 } },
    ],
  },
  {
    service: 'glue',
    operation: 'StartJobRun',
    taken: [{ Timeout: 1 }, { Timeout: 10_080 }, {}],
    refused: [{ Timeout: 0 }, { Timeout: 10_081 }],
  },
  {
    service: 'glue',
    operation: 'StartJobRun',
    taken: [{ Arguments: { '--plan': 's3://lake/plan.json' } }],
    refused: [{ Arguments: { '--JOB_NAME': 'load' } }, { Arguments: { '--debug': '' } }],
  },
  {
    service: 'glue',
    operation: 'CreateJob',
    taken: [
      script({ '--enable-metrics': '', '--enable-job-insights': 'true' }),
      script({ '--extra-py-files': 's3://lake/a.py,s3://lake/b.zip' }),
    ],
    refused: [
      script({ '--enable-metrics': 'yes' }),
      script({ '--enable-auto-scaling': '' }),
      script({ '--extra-py-files': 's3://lake/modules/' }),
      script({ '--job-bookmark-option': 'enable' }),
    ],
  },
  {
    service: 'glue',
    operation: 'CreateJob',
    taken: [script({ '--my_input': 'x' })],
    refused: [script({ '--my-input': 'x' }), script({ my_input: 'x' })],
  },
  {
    service: 'glue',
    operation: 'StartJobRun',
    taken: [{ Arguments: { '--inputs': 'x'.repeat(200 * 1024) } }],
    refused: [
      { Arguments: { '--inputs': 'x'.repeat(260 * 1024) } },
      { Arguments: { '--inputs': '\u00e9'.repeat(131 * 1024) } },
    ],
  },
  {
    service: 'glue',
    operation: 'CreateJob',
    taken: [command({ ScriptLocation: 's3://lake/job.py', PythonVersion: '3' })],
    refused: [
      command({ ScriptLocation: '/tmp/job.py', PythonVersion: '3' }),
      command({ ScriptLocation: 's3://lake/job.py', PythonVersion: '3.9' }),
    ],
  },
  ...databrewRuleExamples,
  ...firehoseRuleExamples,
  ...flinkRuleExamples,
  ...cloudwatchRuleExamples,
  ...quicksightRuleExamples,
  {
    service: 'glue',
    operation: 'UpdateSchema',
    taken: [
      { Description: 'Events' },
      { Compatibility: 'NONE', SchemaVersionNumber: { LatestVersion: true } },
      { Compatibility: 'BACKWARD', SchemaVersionNumber: { VersionNumber: 2 } },
    ],
    refused: [{ Compatibility: 'NONE' }, { Compatibility: 'NONE', SchemaVersionNumber: {} }],
  },
  {
    service: 'glue',
    operation: 'CreateTable',
    taken: [{ TableInput: {} }, projected('days'), projected('MILLIS')],
    refused: [projected('MILLISECONDS'), projected('DAY')],
  },
  {
    service: 'athena',
    operation: 'CreateWorkGroup',
    taken: [
      { Configuration: { ManagedQueryResultsConfiguration: { Enabled: true } } },
      { Configuration: { ManagedQueryResultsConfiguration: { Enabled: false }, ResultConfiguration: place } },
    ],
    refused: [
      { Configuration: { ManagedQueryResultsConfiguration: { Enabled: true }, ResultConfiguration: place } },
    ],
  },
  {
    service: 'athena',
    operation: 'UpdateWorkGroup',
    taken: [{ ConfigurationUpdates: { ResultConfigurationUpdates: place } }],
    refused: [
      {
        ConfigurationUpdates: {
          ManagedQueryResultsConfigurationUpdates: { Enabled: true },
          ResultConfigurationUpdates: place,
        },
      },
    ],
  },
  {
    service: 'lakeformation',
    operation: 'RegisterResource',
    taken: [
      { ResourceArn: 'arn', UseServiceLinkedRole: true },
      { ResourceArn: 'arn', RoleArn: 'arn' },
    ],
    refused: [{ ResourceArn: 'arn' }, { ResourceArn: 'arn', UseServiceLinkedRole: false }],
  },
  {
    service: 'lakeformation',
    operation: 'CreateDataCellsFilter',
    taken: [{ TableData: { ColumnNames: ['a'] } }, { TableData: { ColumnWildcard: {} } }],
    refused: [
      { TableData: {} },
      { TableData: { ColumnNames: [] } },
      { TableData: { ColumnNames: ['a'], ColumnWildcard: {} } },
    ],
  },
  {
    service: 'lakeformation',
    operation: 'GrantPermissions',
    taken: [
      { Resource: { DataCellsFilter: {} }, Permissions: ['SELECT'] },
      { Resource: { Table: {} }, Permissions: ['SELECT', 'DESCRIBE'] },
    ],
    refused: [{ Resource: { DataCellsFilter: {} }, Permissions: ['SELECT', 'DESCRIBE'] }],
  },
  {
    service: 'lakeformation',
    operation: 'GrantPermissions',
    taken: [{ Resource: { DataLocation: {} }, Permissions: ['DATA_LOCATION_ACCESS'] }],
    refused: [
      { Resource: { DataLocation: {} }, Permissions: ['SELECT'] },
      { Resource: { Table: {} }, Permissions: ['DATA_LOCATION_ACCESS'] },
    ],
  },
  {
    service: 'lakeformation',
    operation: 'AddLFTagsToResource',
    taken: [{ LFTags: [{ TagKey: 'pii', TagValues: ['none'] }] }],
    refused: [
      { LFTags: [{ TagKey: 'PII', TagValues: ['none'] }] },
      { LFTags: [{ TagKey: 'pii', TagValues: ['x'.repeat(51)] }] },
    ],
  },
  {
    service: 's3',
    operation: 'PutBucketLifecycleConfiguration',
    taken: [lifecycle({ ID: 'a'.repeat(255), ...expiring }, { ID: 'b', ...expiring })],
    refused: [
      lifecycle(),
      lifecycle({ ID: 'a', ...expiring }, { ID: 'a', ...expiring }),
      lifecycle({ ID: 'a'.repeat(256), ...expiring }),
      lifecycle(...Array.from({ length: 1001 }, (_, index) => ({ ID: `${index}`, ...expiring }))),
    ],
  },
  {
    service: 's3',
    operation: 'PutBucketLifecycleConfiguration',
    taken: [
      lifecycle({ ID: 'a', Expiration: { ExpiredObjectDeleteMarker: true } }),
      lifecycle({ ID: 'a', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }),
    ],
    refused: [
      lifecycle({ ID: 'a' }),
      lifecycle({ ID: 'a', Expiration: { Days: 0 } }),
      lifecycle({ ID: 'a', NoncurrentVersionExpiration: { NoncurrentDays: 1.5 } }),
      lifecycle({ ID: 'a', Expiration: { Days: 1, ExpiredObjectDeleteMarker: true } }),
    ],
  },
];

test('every rule has its source, and requests that it refuses and takes', () => {
  expect(examples).toHaveLength(awsRules.length);
  for (const [index, { service, operation, taken, refused }] of examples.entries()) {
    const rule = awsRules[index];
    expect(rule?.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    expect(rule?.service).toBe(service);
    expect(rule?.operations).toContain(operation);
    for (const input of taken) expect(awsRuleProblems({ service, operation, input })).toEqual([]);
    for (const input of refused)
      expect(awsRuleProblems({ service, operation, input })).toEqual([`${rule?.rule} (${rule?.source})`]);
  }
});
