import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { awsTarget, deriveGlueTable, type EventsTable } from '@headwater/core';
import { loadEvents } from '@headwater/etl';
import { type AwsSandbox, useAwsSandbox } from '@headwater/local-aws/testing';
import { closeLake, createLake, type Lake, type LakeConfig, type LakeEngine } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { simulateToFile } from '@headwater/simulator';
import { afterAll, beforeAll } from 'vitest';
import { basketRows, baskets } from './baskets.ts';
import { bazaar, bazaarRows } from './bazaar.ts';
import { clicks } from './clicks.ts';
import { hostileEvents } from './hostile-texts.ts';
import { makeLake } from './made-lake.ts';
import { market, marketRows } from './market.ts';
import { pulseRows, pulses } from './pulses.ts';
import { history, shop } from './shop.ts';
import { simulated } from './simulated.ts';

type Tables = readonly [
  typeof shop,
  typeof clicks,
  typeof baskets,
  typeof market,
  typeof pulses,
  typeof bazaar,
];
type LakeOptions = Omit<LakeConfig<Tables>, 'tables' | 'engine'>;

/** One lake of some tables, loaded locally, its files on S3, its tables in Glue as they are derived. */
export interface PublishedLake {
  readonly aws: AwsSandbox;
  readonly folder: string;
  /** The lake behind an engine; closed after the tests. */
  open(engine: LakeEngine, options?: LakeOptions): Lake<Tables>;
  /** The same rows on DuckDB. */
  readonly local: Lake<Tables>;
}

/** The lake for all tests of a file. */
export function withPublishedLakes(name: string): PublishedLake {
  const aws = useAwsSandbox(name);
  const opened: Lake<Tables>[] = [];
  let folder = '';
  let remove = async (): Promise<void> => {};
  const open = (engine: LakeEngine, options: LakeOptions = {}): Lake<Tables> => {
    const lake = createLake({ ...options, tables: [shop, clicks, baskets, market, pulses, bazaar], engine });
    opened.push(lake);
    return lake;
  };
  let local: Lake<Tables> | undefined;
  beforeAll(async () => {
    const made = await makeLake();
    folder = made.folder;
    remove = made.remove;
    await made.commit(shop, [...history, ...hostileEvents]);
    await made.commit(baskets, basketRows);
    await made.commit(market, marketRows);
    await made.commit(pulses, pulseRows);
    await made.commit(bazaar, bazaarRows(120, 4));
    await loadSimulated(folder);
    await publishLake(aws, folder, [shop, clicks, baskets, market, pulses, bazaar]);
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

async function loadSimulated(lake: string): Promise<void> {
  const raw = await mkdtemp(join(tmpdir(), 'headwater-raw-'));
  const out = join(raw, 'events.csv');
  const { start, days } = simulated;
  await simulateToFile({ events: 12_000, days, start, seed: 11, out });
  await loadEvents({ table: clicks, lake, inputs: [out] });
  await rm(raw, { recursive: true });
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
