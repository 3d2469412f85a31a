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

/** A bucket and a Glue database for the tests of one file. */
export interface AwsSandbox {
  /** Globally free, as bucket names have to be. */
  readonly bucket: string;
  /** A Glue database without tables. */
  readonly database: string;
  /** Where a lake may lie: `s3://<bucket>/lake`. */
  readonly location: string;
  readonly endpoints: Endpoints;
}

/**
 * Makes a bucket and a database before the tests of the file or `describe` it is called in, and removes both with all
 * they hold afterwards, so that files share the stand-in without seeing each other. A registry named for the database
 * goes with it.
 *
 * @param name what the tests are about, lower case: it shows in the names
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
    // The emulator takes ten registries, so those that tests make by these names do not stay.
    for (const RegistryName of [database, `headwater-${database}`])
      await glue.client
        .send(new DeleteRegistryCommand({ RegistryId: { RegistryName } }))
        .catch(unlessMissing);
    await emptyBucket(s3.client, bucket);
    await s3.client.send(new DeleteBucketCommand({ Bucket: bucket }));
  });
  return { bucket, database, location: `s3://${bucket}/lake`, endpoints: endpointsOfRun() };
}

function endpointsOfRun(): Endpoints {
  const engines = inject('engines');
  // Without engines no test runs, and so none sees these.
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
