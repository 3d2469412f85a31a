import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AthenaClient, DeleteWorkGroupCommand } from '@aws-sdk/client-athena';
import { DeleteDatabaseCommand, DeleteRegistryCommand, GlueClient } from '@aws-sdk/client-glue';
import { DeleteObjectsCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { type AwsTarget, awsTarget } from '@headwater/core';

/** The account to verify on. */
export interface LiveOptions {
  /** An existing bucket. Everything is put below a prefix of its own, and removed. */
  readonly bucket: string;
  readonly region: string;
  /** Twelve digits. */
  readonly account: string;
}

/** A prefix, a database and a workgroup of their own on an account. */
export interface LiveAccount extends AsyncDisposable {
  readonly target: AwsTarget;
  readonly bucket: string;
  /** A folder of this machine. */
  readonly folder: string;
  readonly s3: S3Client;
  readonly glue: GlueClient;
  /** The keys of the bucket below a folder of the lake. */
  keys(folder: string): Promise<string[]>;
  /** Writes lines as a file, and gives its path. */
  write(name: string, lines: readonly string[]): Promise<string>;
}

/** Names what will be created. It removes all of it when it is disposed of, whatever failed. */
export async function openLiveAccount({ bucket, region, account }: LiveOptions): Promise<LiveAccount> {
  const own = `headwater_verify_${randomBytes(4).toString('hex')}`;
  const location = `s3://${bucket}/${own}/lake`;
  const results = `s3://${bucket}/${own}/results`;
  const target = awsTarget({ region, account, database: own, location, results, firstDay: '2024-03-01' });
  const [s3, glue, athena] = [
    new S3Client({ region }),
    new GlueClient({ region }),
    new AthenaClient({ region }),
  ];
  const folder = await mkdtemp(join(tmpdir(), 'headwater-verify-'));
  const keysBelow = async (Prefix: string): Promise<string[]> => {
    const found: string[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix }))
      found.push(...Contents.map(({ Key = '' }) => Key));
    return found;
  };
  return {
    target,
    bucket,
    folder,
    s3,
    glue,
    keys: (below) => keysBelow(`${own}/lake/${below}/`),
    async write(name, lines) {
      await writeFile(join(folder, name), `${lines.join('\n')}\n`);
      return join(folder, name);
    },
    async [Symbol.asyncDispose]() {
      const steps = [
        () =>
          athena.send(
            new DeleteWorkGroupCommand({ WorkGroup: target.workgroup, RecursiveDeleteOption: true }),
          ),
        // Deletes the tables of the database too.
        () => glue.send(new DeleteDatabaseCommand({ Name: own })),
        () => glue.send(new DeleteRegistryCommand({ RegistryId: { RegistryName: target.registry } })),
        async () => {
          const keys = await keysBelow(`${own}/`);
          for (let first = 0; first < keys.length; first += 1000) {
            const Objects = keys.slice(first, first + 1000).map((Key) => ({ Key }));
            await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }));
          }
        },
        () => rm(folder, { recursive: true }),
      ];
      for (const step of steps)
        await step().catch((error: unknown) => {
          console.error(`not cleaned up: ${own} in ${bucket} or in Glue: ${String(error)}`);
        });
      for (const client of [s3, glue, athena]) client.destroy();
    },
  };
}
