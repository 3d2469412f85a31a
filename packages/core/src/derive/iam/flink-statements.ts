import type { AwsTarget } from '../../catalog/aws-target.ts';
import { kinesisArn, streamOf } from '../../catalog/kinesis-stream.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { answersStream, type FlinkService, flinkCode, flinkPlace, zipPlace } from '../flink/flink-place.ts';
import { possibleQuestions } from '../flink/questions/flink-questions.ts';
import { glueArns } from './arns.ts';
import type { ReasonedStatement } from './policy-document.ts';

/**
 * What an application of Managed Flink may do: read its zip and the streams of the tables, write the streams of the answers, and log
 * (https://docs.aws.amazon.com/managed-flink/latest/java/examples-gs-scala-create-run-cli.html, scoped down to what is derived).
 *
 * @param code the zip, `s3://bucket/key.zip`. Defaults to that of each table
 * @throws HeadwaterError `OPTION_INVALID` for what is no zip on S3
 */
export function flinkStatements(
  target: AwsTarget,
  tables: readonly TableSchema[],
  code: string | undefined,
): ReasonedStatement[] {
  const zips = (code === undefined ? tables.map(({ name }) => flinkCode(target, name)) : [code]).map(
    zipPlace,
  );
  const { partition, region, kmsKey } = target;
  return [
    {
      Sid: 'ReadCode',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:GetObjectVersion'],
      Resource: zips.map(({ bucket, key }) => `arn:${partition}:s3:::${bucket}/${key}`),
      reason: 'The zip with the job, and no other object',
    },
    ...(kmsKey === undefined
      ? []
      : [
          {
            Sid: 'ReadKey',
            Effect: 'Allow' as const,
            Action: ['kms:Decrypt'],
            Resource: [kmsKey],
            Condition: { StringLike: { 'kms:ViaService': [`s3.${region}.*`] } },
            reason: 'The zip is encrypted by this key, which is used through S3 only',
          },
        ]),
    readStreams(target, tables),
    {
      Sid: 'WriteAnswers',
      Effect: 'Allow',
      Action: ['kinesis:DescribeStreamSummary', 'kinesis:ListShards', 'kinesis:PutRecords'],
      Resource: tables.flatMap((schema) =>
        possibleQuestions(schema).map((question) =>
          kinesisArn(target, answersStream(streamOf(schema.name, target), question)),
        ),
      ),
      reason: 'The answers: one stream for each question that a table can answer',
    },
    ...logStatements(target, tables, 'application'),
  ];
}

/**
 * What a notebook of Studio may do: read the streams of the tables and names in the catalog, and log. It writes nothing, because its tables
 * are temporary. People who write other notebooks need other rights.
 */
export const studioStatements = (target: AwsTarget, tables: readonly TableSchema[]): ReasonedStatement[] => [
  readStreams(target, tables),
  {
    Sid: 'ReadCatalog',
    Effect: 'Allow',
    Action: ['glue:GetDatabase', 'glue:GetDatabases', 'glue:GetTable', 'glue:GetTables'],
    Resource: glueArns(target, ['*']),
    reason: `Names in the database ${target.database}, which is the catalog of the notebook; Glue also checks the catalog itself`,
  },
  {
    Sid: 'FindFunctions',
    Effect: 'Allow',
    Action: ['glue:GetUserDefinedFunction'],
    Resource: [
      ...glueArns(target, []),
      `arn:${target.partition}:glue:${target.region}:${target.account}:userDefinedFunction/${target.database}/*`,
    ],
    reason: 'Flink looks up each function of a statement in the catalog, also those that it has itself',
  },
  ...logStatements(target, tables, 'studio'),
];

const readStreams = (target: AwsTarget, tables: readonly TableSchema[]): ReasonedStatement => ({
  Sid: 'ReadStreams',
  Effect: 'Allow',
  Action: [
    'kinesis:DescribeStream',
    'kinesis:DescribeStreamSummary',
    'kinesis:ListShards',
    'kinesis:GetShardIterator',
    'kinesis:GetRecords',
  ],
  Resource: [...new Set(tables.map(({ name }) => kinesisArn(target, streamOf(name, target))))],
  reason: 'The records, by polling; no consumer of its own is registered',
});

function logStatements(
  target: AwsTarget,
  tables: readonly TableSchema[],
  service: FlinkService,
): ReasonedStatement[] {
  const places = tables.map(({ name }) => flinkPlace(name, target, service));
  return [
    {
      Sid: 'FindLogs',
      Effect: 'Allow',
      Action: ['logs:DescribeLogGroups'],
      Resource: ['*'],
      reason:
        'On *: CloudWatch has no resource for its list of groups, in which Managed Flink looks for its own',
    },
    {
      Sid: 'WriteLogs',
      Effect: 'Allow',
      Action: ['logs:DescribeLogStreams', 'logs:PutLogEvents'],
      Resource: places.flatMap(({ logGroup, logStream }) => [logGroup, logStream]),
      reason: 'Its own logs. The group and its stream are made beside the application',
    },
  ];
}
