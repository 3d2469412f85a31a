import type { AwsTarget } from '../../catalog/aws-target.ts';
import { s3Place } from '../../catalog/s3-place.ts';
import { streamTableName } from '../../catalog/stream-place.ts';
import type { FirehosePlace } from '../firehose/firehose-place.ts';
import { glueArns, keysBelow, objectsBelow } from './arns.ts';
import type { ReasonedStatement } from './policy-document.ts';
import { keyStatements } from './storage-statements.ts';

/**
 * What delivery streams may do: read their Kinesis stream and the schema of their table, call the function that cleans, and write to
 * their landing folder (https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html, scoped down to what is derived). They
 * cannot write to the lake's tables, and read no file.
 *
 * @param places one for each table
 */
export function firehoseStatements(
  target: AwsTarget,
  tables: readonly string[],
  places: readonly FirehosePlace[],
): ReasonedStatement[] {
  const unique = (texts: readonly (string | undefined)[]): string[] => [
    ...new Set(texts.filter((text) => text !== undefined)),
  ];
  const { partition, region, account } = target;
  const streams = unique(places.map(({ stream }) => stream));
  const functions = unique(places.map(({ transform }) => transform));
  const landings = places.map(({ landing }) => s3Place(target, landing));
  const written = places.flatMap(({ files, errors }) => [s3Place(target, files), s3Place(target, errors)]);
  const buckets = unique(landings.map(({ bucketArn }) => bucketArn));
  const isElsewhere = target.bucketOwner !== undefined && target.bucketOwner !== account;
  return [
    ...(streams.length === 0
      ? []
      : [
          {
            Sid: 'ReadStream',
            Effect: 'Allow' as const,
            Action: [
              'kinesis:DescribeStream',
              'kinesis:GetShardIterator',
              'kinesis:GetRecords',
              'kinesis:ListShards',
            ],
            Resource: streams,
            reason: 'The records',
          },
        ]),
    {
      Sid: 'ReadSchema',
      Effect: 'Allow',
      Action: ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'],
      Resource: glueArns(target, tables.map(streamTableName)),
      reason: 'The columns that records are converted to; Glue also checks the catalog and the database',
    },
    ...(functions.length === 0
      ? []
      : [
          {
            Sid: 'CallTransform',
            Effect: 'Allow' as const,
            Action: ['lambda:InvokeFunction', 'lambda:GetFunctionConfiguration'],
            Resource: functions,
            reason: 'The function that cleans records; Firehose looks up its limits',
          },
        ]),
    {
      Sid: 'WriteLanding',
      Effect: 'Allow',
      Action: [
        's3:PutObject',
        's3:AbortMultipartUpload',
        's3:ListMultipartUploadParts',
        ...(isElsewhere ? ['s3:PutObjectAcl'] : []),
      ],
      Resource: written.map((place) => objectsBelow(place, '')),
      reason: `Files, and the records that failed, in the landing folder alone${isElsewhere ? '; the owner of the bucket gets them' : ''}`,
    },
    {
      Sid: 'FindLanding',
      Effect: 'Allow',
      Action: ['s3:GetBucketLocation', 's3:ListBucketMultipartUploads'],
      Resource: buckets,
      reason: 'Firehose looks up the region of a bucket, and aborts its own unfinished uploads',
    },
    {
      Sid: 'ListLanding',
      Effect: 'Allow',
      Action: ['s3:ListBucket'],
      Resource: buckets,
      Condition: { StringLike: { 's3:prefix': landings.map((place) => keysBelow(place, '')) } },
      reason: 'Names of what it wrote',
    },
    ...keyStatements(target),
    {
      Sid: 'WriteLogs',
      Effect: 'Allow',
      Action: ['logs:PutLogEvents'],
      Resource: places.map(
        ({ logGroup }) => `arn:${partition}:logs:${region}:${account}:log-group:${logGroup}:log-stream:*`,
      ),
      reason: 'Errors of deliveries. The group and its stream are made beside the delivery stream',
    },
  ];
}
