import { randomBytes } from 'node:crypto';
import {
  CreateDatabaseCommand,
  DeleteDatabaseCommand,
  DeleteRegistryCommand,
  GlueClient,
} from '@aws-sdk/client-glue';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, inject } from 'vitest';
import type { Endpoints } from '../running/endpoints.ts';
import { deleteStreams } from './kinesis/create-stream.ts';

/** A bucket and a Glue database for the tests of one file. */
export interface AwsSandbox {
  /** Unique, as bucket names have to be. */
  readonly bucket: string;
  /** A Glue database without tables. */
  readonly database: string;
  /** A location for a lake: `s3://<bucket>/lake`. */
  readonly location: string;
  readonly endpoints: Endpoints;
}

/**
 * Creates a bucket and a database before the tests of the calling file or `describe`, and removes both with their content
 * afterwards, so that test files share the stand-in without interfering. Schema registries named after the database, and streams of
 * `createStream`, are removed too.
 *
 * @param name the topic of the tests in lower case, which becomes part of the names
 * @example const aws = useAwsSandbox('publish'); // aws.location: 's3://publish-4f1c09d2/lake'
 */
export function useAwsSandbox(name: string): AwsSandbox {
  const own = `${name.replaceAll('_', '-')}-${randomBytes(4).toString('hex')}`;
  const bucket = own;
  const database = own.replaceAll('-', '_');
  beforeAll(async () => {
    using s3 = disposable(new S3Client());
    using glue = disposable(new GlueClient());
    await s3.client.send(new CreateBucketCommand({ Bucket: bucket }));
    await glue.client.send(new CreateDatabaseCommand({ DatabaseInput: { Name: database } }));
  });
  afterAll(async () => {
    using s3 = disposable(new S3Client());
    using glue = disposable(new GlueClient());
    await glue.client.send(new DeleteDatabaseCommand({ Name: database }));
    // The emulator has a maximum of ten registries, so those of tests are removed.
    for (const RegistryName of [database, `headwater-${database}`])
      await glue.client
        .send(new DeleteRegistryCommand({ RegistryId: { RegistryName } }))
        .catch(unlessMissing);
    await emptyBucket(s3.client, bucket);
    await s3.client.send(new DeleteBucketCommand({ Bucket: bucket }));
    await deleteStreams(endpointsOfRun().aws);
  });
  return { bucket, database, location: `s3://${bucket}/lake`, endpoints: endpointsOfRun() };
}

function endpointsOfRun(): Endpoints {
  const engines = inject('engines');
  // Without engines no test runs, so no test uses these.
  return 'missing' in engines ? { aws: '', moto: '', trino: '' } : engines;
}

const unlessMissing = (error: unknown): void => {
  if (!(error instanceof Error && error.name === 'EntityNotFoundException')) throw error;
};

async function emptyBucket(client: S3Client, bucket: string): Promise<void> {
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket })) {
    const Objects = Contents.map(({ Key }) => ({ Key }));
    if (Objects.length > 0)
      await client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }));
  }
}

function disposable<Client extends { destroy(): void }>(client: Client): Disposable & { client: Client } {
  return { client, [Symbol.dispose]: () => client.destroy() };
}
