import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { awsTarget, deriveGlueTable, type EventsTable } from '@headwater/core';
import { type AwsSandbox, useAwsSandbox } from '@headwater/local-aws/testing';
import { closeLake, createLake, type Lake, type LakeConfig, type LakeEngine } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { afterAll, beforeAll } from 'vitest';
import { type AllTables, allTables, makeAllLakes } from './all-lakes.ts';

type LakeOptions = Omit<LakeConfig<AllTables>, 'tables' | 'engine'>;

/** One lake of some tables, loaded locally, its files on S3, its tables in Glue as they are derived. */
export interface PublishedLake {
  readonly aws: AwsSandbox;
  readonly folder: string;
  /** The lake behind an engine; closed after the tests. */
  open(engine: LakeEngine, options?: LakeOptions): Lake<AllTables>;
  /** The same rows on DuckDB. */
  readonly local: Lake<AllTables>;
}

/** The lake for all tests of a file. */
export function withPublishedLakes(name: string): PublishedLake {
  const aws = useAwsSandbox(name);
  const opened: Lake<AllTables>[] = [];
  let folder = '';
  let remove = async (): Promise<void> => {};
  const open = (engine: LakeEngine, options: LakeOptions = {}): Lake<AllTables> => {
    const lake = createLake({ ...options, tables: allTables, engine });
    opened.push(lake);
    return lake;
  };
  let local: Lake<AllTables> | undefined;
  beforeAll(async () => {
    const made = await makeAllLakes();
    folder = made.folder;
    remove = made.remove;
    await publishLake(aws, folder, allTables);
    local = open(duckdbEngine({ lake: folder, threads: 2 }));
  });
  afterAll(async () => {
    for (const lake of opened) await closeLake(lake);
    await remove();
  });
  return {
    aws,
    get folder() {
      return folder;
    },
    open,
    get local() {
      if (!local) throw new Error('The lake is made before the first test');
      return local;
    },
  };
}

/** Applies the derivations by hand, because other tests cover publishing. */
export async function publishLake(
  { bucket, database, location }: AwsSandbox,
  folder: string,
  tables: readonly EventsTable[],
): Promise<void> {
  const [s3, glue] = [new S3Client(), new GlueClient()];
  const target = awsTarget({
    region: 'us-east-1',
    account: '123456789012',
    database,
    location,
    firstDay: '2024-01-01',
    // A query over all of time lists every day of the projection, about 17 ms each: up to today they are more every day.
    lastDay: '2024-12-31',
  });
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const file of files.filter((one) => one.isFile())) {
    const path = join(file.parentPath, file.name);
    const Key = `${location.slice(`s3://${bucket}/`.length)}${path.slice(folder.length)}`;
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: createReadStream(path) }));
  }
  for (const { schema } of tables)
    await glue.send(
      new CreateTableCommand({ DatabaseName: database, TableInput: deriveGlueTable(schema, target) }),
    );
  s3.destroy();
  glue.destroy();
}
