import { existsSync } from 'node:fs';
import { access, constants, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import type { AwsTarget } from '@headwater/core';
import { loadEvents } from '@headwater/etl';
import { closeLake, createLake, sql } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { findConfig, type LoadedConfig, loadConfig } from '../config/load-config.ts';
import { postgresUrl } from '../config/postgres-url.ts';
import { byteText } from '../output/figures.ts';
import { askPostgres } from './ask-postgres.ts';
import { listedPartitions } from './listed-partitions.ts';
import { projectedDays } from './projected-days.ts';

/** The result of a check. */
export interface Finding {
  readonly name: string;
  /** `note`: works, with a restriction. */
  readonly state: 'good' | 'note' | 'bad';
  readonly found: string;
}

/** Undefined where there is nothing to check. */
type Check = (config: string | undefined) => Promise<Omit<Finding, 'name'> | undefined>;

const checks: Readonly<Record<string, Check>> = {
  Node: async () => {
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
    const readsTypes = major > 22 || (major === 22 && minor >= 18);
    return readsTypes
      ? { state: 'good', found: process.version }
      : { state: 'note', found: `${process.version}: a headwater.config.ts needs 22.18 or later` };
  },
  DuckDB: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'headwater-doctor-'));
    try {
      return {
        state: 'good',
        found: `${await loadAndAsk(folder)}, in this process: loaded a row and read it back`,
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  memory: async () => ({
    state: 'good',
    found: `${byteText(totalmem())}; a run uses at most half of it, or --memory-limit`,
  }),
  'temporary folder': async () => {
    const folder = await mkdtemp(join(tmpdir(), 'headwater-doctor-'));
    try {
      await writeFile(join(folder, 'probe'), 'probe');
      return await roomIn(tmpdir());
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  'working folder': async () => {
    await access(process.cwd(), constants.W_OK);
    return roomIn(process.cwd());
  },
  config: async (given) => {
    const file = given ?? findConfig(process.cwd());
    if (given === undefined && file === undefined)
      return {
        state: 'note',
        found: 'none here or in a folder above; headwater init creates one, headwater demo needs none',
      };
    const config = await loadConfig(given);
    const names = config.tables.map(({ name }) => name).join(', ');
    return { state: 'good', found: `${config.file}: ${names}` };
  },
  PostgreSQL: async (given) => {
    const config = await readableConfig(given);
    const url = postgresUrl(config?.postgres);
    if (!config || url === undefined) return undefined;
    return { state: 'good', found: await askPostgres(config, url) };
  },
  'projected days': async (given) => {
    const config = await configOnAws(given);
    if (!config) return undefined;
    const { isCovered, found } = await projectedDays(config, config.aws);
    return { state: isCovered ? 'good' : 'note', found };
  },
  'projected partitions': async (given) => {
    const config = await configOnAws(given);
    if (!config) return undefined;
    const { areMany, found } = listedPartitions(config, config.aws);
    return { state: areMany ? 'note' : 'good', found };
  },
};

/** The config, if there is one that can be read. The check of the config reports what is wrong with it. */
async function readableConfig(given: string | undefined): Promise<LoadedConfig | undefined> {
  if (given === undefined && findConfig(process.cwd()) === undefined) return undefined;
  return loadConfig(given).catch(() => undefined);
}

/** The config, if there is one that can be read and has `aws`. */
async function configOnAws(
  given: string | undefined,
): Promise<(LoadedConfig & { readonly aws: AwsTarget }) | undefined> {
  const config = await readableConfig(given);
  return config?.aws ? { ...config, aws: config.aws } : undefined;
}

/** Checks this machine, each part by using it. */
export async function findings(config: string | undefined): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const [name, check] of Object.entries(checks)) {
    const result = await check(config).catch((error: unknown) => ({
      state: 'bad' as const,
      found: error instanceof Error ? error.message : String(error),
    }));
    if (result) found.push({ name, ...result });
  }
  return found;
}

/** Loads a row into a lake in `folder` and reads it back. Returns the engine's version. */
async function loadAndAsk(folder: string): Promise<string> {
  const { default: builtin } = await import('../template/config.ts');
  const [table] = builtin.tables;
  const input = join(folder, 'probe.csv');
  await writeFile(
    input,
    'event_time,event_type,product_id,price,user_id\n2019-10-01 00:00:00 UTC,view,1,1.00,1\n',
  );
  await loadEvents({ table, lake: folder, inputs: [input] });
  const lake = createLake({ tables: [table], engine: duckdbEngine({ lake: folder, spillFolder: folder }) });
  try {
    const { batches } = await sql(lake, `select version() as version, count(*) as rows from ${table.name}`);
    for await (const [row] of batches()) {
      if (row?.['rows'] === 1n || row?.['rows'] === 1) return String(row['version']);
    }
    throw new Error('the loaded row was not found');
  } finally {
    await closeLake(lake);
  }
}

/** With less free space, larger loads are likely to fail. */
const littleRoom = 2e9;

async function roomIn(folder: string): Promise<Omit<Finding, 'name'>> {
  if (!existsSync(folder)) return { state: 'bad', found: `${folder} does not exist` };
  const { bavail, bsize } = await statfs(folder);
  const room = bavail * bsize;
  const found = `${folder}: ${byteText(room)} free`;
  return room < littleRoom
    ? { state: 'note', found: `${found}, which may be too little for large loads` }
    : { state: 'good', found };
}
