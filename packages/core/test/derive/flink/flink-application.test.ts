import { describe, expect, test } from 'vitest';
import {
  deriveFlinkApplication,
  deriveFlinkNotebook,
  deriveFlinkRole,
  deriveFlinkStudio,
  deriveIamPolicy,
} from '../../../src/index.ts';
import { byKind } from '../aws-tables.ts';
import { testTarget } from '../aws-test-target.ts';
import { shopEvents } from '../shop-events.ts';

const code = 's3://shop-code/flink/clicks.zip';
const stream = { name: 'shop-clicks', sessionsTable: 'shop-sessions', tables: ['shop_events'] };
const target = { ...testTarget, stream };
const kinesis = 'arn:aws:kinesis:eu-central-1:123456789012:stream/';

const statementsOf = (...[role, options]: [role: 'flink' | 'flink-studio', options?: { code: string }]) =>
  new Map(
    deriveIamPolicy([shopEvents.schema], target, role, options).policy.Statement.map(
      (statement) => [statement.Sid, statement] as const,
    ),
  );

describe('an application', () => {
  test('runs a zip on S3 as a role of its own, and logs where the policy lets it', () => {
    const { name } = shopEvents.schema;
    const application = deriveFlinkApplication(shopEvents.schema, target, { code });
    expect(application.ApplicationName).toBe(`headwater-shop-${name}`);
    expect(application.ServiceExecutionRole).toBe(
      `arn:aws:iam::123456789012:role/${deriveFlinkRole(target).RoleName}`,
    );
    expect(application.ApplicationConfiguration.ApplicationCodeConfiguration.CodeContent).toEqual({
      S3ContentLocation: { BucketARN: 'arn:aws:s3:::shop-code', FileKey: 'flink/clicks.zip' },
    });
    const [{ LogStreamARN } = { LogStreamARN: '' }] = application.CloudWatchLoggingOptions;
    expect(statementsOf('flink').get('WriteLogs')?.Resource).toContain(LogStreamARN);
    expect(statementsOf('flink', { code }).get('ReadCode')?.Resource).toEqual([
      'arn:aws:s3:::shop-code/flink/clicks.zip',
    ]);
  });

  test('reads the stream of the config, and writes the streams of its answers and nothing else', () => {
    const statements = statementsOf('flink');
    expect(statements.get('ReadStreams')?.Resource).toEqual([`${kinesis}shop-clicks`]);
    expect(statements.get('WriteAnswers')?.Resource).toEqual(
      ['per-minute', 'abandonment', 'funnel', 'many-actions', 'anomaly'].map(
        (question) => `${kinesis}shop-clicks-${question}`,
      ),
    );
    const writes = [...statements.values()].flatMap(({ Action }) =>
      Action.filter((action) => /:(Put|Create|Update|Delete|Register)/.test(action)),
    );
    expect(writes).toEqual(['kinesis:PutRecords', 'logs:PutLogEvents']);
  });

  test('of a table that the stream of the config does not carry reads one named as the table', () => {
    const { policy } = deriveIamPolicy([byKind.schema], target, 'flink');
    const read = policy.Statement.find(({ Sid }) => Sid === 'ReadStreams');
    expect(read?.Resource).toEqual([`${kinesis}by_kind`]);
  });

  test.for([
    ['code', { code: 's3://shop-code/clicks.jar' }],
    ['code', { code: 's3://shop-code/*.zip' }],
    ['name', { code, name: 'a b' }],
    ['role', { code, role: 'headwater' }],
    ['parallelism', { code, parallelism: 0 }],
  ] as const)('refuses a wrong %s', ([option, options]) => {
    expect(() => deriveFlinkApplication(shopEvents.schema, target, options)).toThrow(option);
  });

  test('takes a zip for the policy of applications alone', () => {
    expect(() => deriveIamPolicy([shopEvents.schema], target, 'etl', { code })).toThrow('the role flink');
    expect(() => statementsOf('flink', { code: 's3://shop-code/' })).toThrow('s3://bucket/key.zip');
  });
});

describe('a notebook', () => {
  test('is an application of Studio that brings the connector', () => {
    const studio = deriveFlinkStudio(shopEvents.schema, target);
    expect(studio).toMatchObject({
      ApplicationName: 'headwater-shop-shop_events-studio',
      ServiceExecutionRole: `arn:aws:iam::123456789012:role/${deriveFlinkRole(target, 'studio').RoleName}`,
      ApplicationMode: 'INTERACTIVE',
    });
    const { ZeppelinApplicationConfiguration: zeppelin } = studio.ApplicationConfiguration;
    expect(zeppelin.CustomArtifactsConfiguration[0]?.MavenReference.ArtifactId).toBe(
      'flink-sql-connector-kinesis',
    );
    expect(zeppelin.CatalogConfiguration.GlueDataCatalogConfiguration.DatabaseARN).toBe(
      'arn:aws:glue:eu-central-1:123456789012:database/shop',
    );
  });

  test('makes nothing in its catalog, and its role could not', () => {
    const source = { connector: 'kinesis-legacy', stream: 'shop-clicks', region: 'eu-central-1' } as const;
    const made = deriveFlinkNotebook(shopEvents.schema, { source }).paragraphs.flatMap(
      ({ text }) => text.match(/\bCREATE \w+/g) ?? [],
    );
    expect(new Set(made)).toEqual(new Set(['CREATE TEMPORARY']));
    const actions = [...statementsOf('flink-studio').values()].flatMap(({ Action }) => Action);
    expect(actions.filter((action) => /^(glue|kinesis|s3):(?!Get|List|Describe)/.test(action))).toEqual([]);
  });
});

test.for(['application', 'studio'] as const)('Managed Flink alone assumes the role of an %s', (service) => {
  const { AssumeRolePolicyDocument } = deriveFlinkRole(target, service);
  expect(JSON.parse(AssumeRolePolicyDocument).Statement).toEqual([
    {
      Sid: 'AssumeAsFlink',
      Effect: 'Allow',
      Principal: { Service: 'kinesisanalytics.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: {
        StringEquals: { 'aws:SourceAccount': '123456789012' },
        ArnLike: { 'aws:SourceArn': 'arn:aws:kinesisanalytics:eu-central-1:123456789012:*' },
      },
    },
  ]);
});
