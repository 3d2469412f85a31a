import { dirname, relative, resolve } from 'node:path';
import { type AwsTarget, type EventsTable, HeadwaterError } from '@headwater/core';
import { isS3Location } from '@headwater/storage';
import { text } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { type LoadedConfig, loadConfig } from './load-config.ts';

/** Options that say which config and which of its tables. */
export const tableOptions = {
  table: text('NAME', 'A table of the config; its first when not given'),
  config: text('FILE', 'The config; headwater.config.ts here or in a folder above when not given'),
};

/** Options that say which table of which lake. */
export const lakeOptions = {
  lake: text('LAKE', "The lake: a folder, or s3://bucket/prefix; the config's when not given"),
  ...tableOptions,
};

interface TableValues {
  readonly table: string | undefined;
  readonly config: string | undefined;
}

/**
 * The table that a command is about.
 * @throws HeadwaterError `CONFIG_*`, `TABLE_UNKNOWN`
 */
export async function targetTable(values: TableValues): Promise<EventsTable> {
  return (await targetConfig(values)).table;
}

/**
 * The table that a command is about, with the config that it is in.
 * @throws HeadwaterError `CONFIG_*`, `TABLE_UNKNOWN`
 */
export async function targetConfig(
  values: TableValues,
): Promise<{ config: LoadedConfig; table: EventsTable }> {
  const config = await loadConfig(values.config);
  return { config, table: tableIn(config, values.table) };
}

/**
 * Where the config's tables live on AWS.
 * @throws HeadwaterError `CONFIG_INVALID` saying what to add to a config that does not tell
 */
export function awsOf({ file, aws }: LoadedConfig): AwsTarget {
  if (aws) return aws;
  const example =
    "aws: { region: 'eu-central-1', account: '123456789012', database: 'shop', location: 's3://bucket/prefix', firstDay: '2019-10-01' }";
  throw new HeadwaterError('CONFIG_INVALID', {
    file,
    problem: `it does not say where the tables live on AWS. Add to defineConfig({ ... }): ${example}`,
  });
}

/**
 * The table and the lake that a command is about.
 * @throws UsageError when neither `--lake` nor the config names a lake
 */
export async function targetLake(
  values: TableValues & { readonly lake: string | undefined },
): Promise<{ config: LoadedConfig; table: EventsTable; lake: string }> {
  const config = await loadConfig(values.config);
  return { config, table: tableIn(config, values.table), lake: values.lake ?? configuredLake(config) };
}

/**
 * Where the config says that its tables live on AWS.
 * @throws UsageError when it says nothing of AWS
 */
export async function targetAws({
  config: file,
}: Pick<TableValues, 'config'>): Promise<{ config: LoadedConfig; target: AwsTarget }> {
  const config = await loadConfig(file);
  if (config.aws) return { config, target: config.aws };
  throw new UsageError(`Where on AWS? Set aws: { region, account, database, firstDay } in ${config.file}.`);
}

function tableIn({ tables }: LoadedConfig, name: string | undefined): EventsTable {
  const table = name === undefined ? tables[0] : tables.find((one) => one.name === name);
  if (table) return table;
  throw new HeadwaterError('TABLE_UNKNOWN', { table: name ?? '', known: tables.map((one) => one.name) });
}

function configuredLake({ file, lake }: LoadedConfig): string {
  if (lake === undefined) throw new UsageError(`Which lake? Give --lake LAKE, or set lake in ${file}.`);
  if (isS3Location(lake)) return lake;
  // Messages name the lake as the user would from here.
  return relative(process.cwd(), resolve(dirname(file), lake)) || '.';
}
