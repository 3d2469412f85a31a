import {
  type CloudFormationClient,
  DeleteStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { DeleteTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteDatabaseCommand, DeleteRegistryCommand, type GlueClient } from '@aws-sdk/client-glue';
import { DeleteStreamCommand, type KinesisClient } from '@aws-sdk/client-kinesis';
import {
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Synthesized, TemplateResource } from './synthesize.ts';

interface Clients {
  readonly stacks: CloudFormationClient;
  readonly s3: S3Client;
  readonly glue: GlueClient;
  readonly kinesis: KinesisClient;
  readonly dynamodb: DynamoDBClient;
}

/** Removes a stack from the stand-in, and then what it leaves: buckets with their objects, streams, tables, the catalogue. */
export async function removeDeployed({ stack, resources }: Synthesized, clients: Clients): Promise<void> {
  const { stacks, s3, glue, kinesis, dynamodb } = clients;
  const all = Object.values(resources);
  const named = (type: string, property: string): string[] =>
    all
      .filter(({ Type }) => Type === type)
      .map(({ Properties }: TemplateResource) => String(Properties[property]));
  for (const bucket of named('AWS::S3::Bucket', 'BucketName')) await empty(s3, bucket);
  await stacks.send(new DeleteStackCommand({ StackName: stack.stackName }));
  for (;;) {
    const found = await stacks
      .send(new DescribeStacksCommand({ StackName: stack.stackName }))
      .catch(() => undefined);
    const status = found?.Stacks?.[0]?.StackStatus;
    if (status !== 'DELETE_IN_PROGRESS') break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const gone = (work: Promise<unknown>) => work.catch(() => undefined);
  for (const Bucket of named('AWS::S3::Bucket', 'BucketName')) {
    await gone(s3.send(new DeleteBucketPolicyCommand({ Bucket })));
    await empty(s3, Bucket);
    await gone(s3.send(new DeleteBucketCommand({ Bucket })));
  }
  for (const StreamName of named('AWS::Kinesis::Stream', 'Name'))
    await gone(kinesis.send(new DeleteStreamCommand({ StreamName })));
  for (const TableName of named('AWS::DynamoDB::Table', 'TableName'))
    await gone(dynamodb.send(new DeleteTableCommand({ TableName })));
  for (const RegistryName of named('AWS::Glue::Registry', 'Name'))
    await gone(glue.send(new DeleteRegistryCommand({ RegistryId: { RegistryName } })));
  for (const { Type, Properties } of all)
    if (Type === 'AWS::Glue::Database')
      await gone(glue.send(new DeleteDatabaseCommand({ Name: Object(Properties['DatabaseInput']).Name })));
}

/** Removes the objects of a bucket in all their versions. */
async function empty(s3: S3Client, Bucket: string): Promise<void> {
  try {
    for (;;) {
      const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
      const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
      if (Objects.length === 0) return;
      await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
    }
  } catch (error) {
    if (!(error instanceof Error && error.name === 'NoSuchBucket')) throw error;
  }
}
