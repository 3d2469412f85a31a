import { dirname, relative, resolve } from 'node:path';
import { type AwsTarget, type EventsTable, HeadwaterError } from '@headwater/core';
import { isS3Location } from '@headwater/storage';
import { text } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { type LoadedConfig, loadConfig } from './load-config.ts';

/** The option that names the config. */
export const configOption = {
  config: text('FILE', 'The config', { default: 'headwater.config.ts here or in a folder above' }),
};

/** Options that choose the config and one of its tables. */
export const tableOptions = {
  table: text('NAME', 'A table of the config', { default: 'the first one' }),
  ...configOption,
};

/** Options that choose a table of a lake. */
export const lakeOptions = {
  lake: text('LAKE', 'The lake: a folder, or s3://bucket/prefix', { default: "the config's" }),
  ...tableOptions,
};

/** Options that choose a lake, and one of its tables or all of them. */
export const upkeepOptions = {
  ...lakeOptions,
  table: text('NAME', 'One table of the config', { default: 'every table that the lake holds' }),
};

interface TableValues {
  readonly table: string | undefined;
  readonly config: string | undefined;
}

/**
 * The lake that a command is about, and the tables: the named one, or every table of the config.
 * @throws UsageError when neither `--lake` nor the config names a lake
 */
export async function targetTables(values: TableValues & { readonly lake: string | undefined }): Promise<{
  config: LoadedConfig;
  tables: readonly EventsTable[];
  lake: string;
  aws: AwsTarget | undefined;
}> {
  const config = await loadConfig(values.config);
  const tables = values.table === undefined ? config.tables : [tableIn(config, values.table)];
  return { config, tables, lake: values.lake ?? configuredLake(config), aws: config.aws };
}

/**
 * The table that a command is about.
 * @throws HeadwaterError `CONFIG_*`, `TABLE_UNKNOWN`
 */
export async function chosenTable(values: TableValues): Promise<EventsTable> {
  return (await chosenConfig(values)).table;
}

/**
 * The table that a command is about, with the config that it is in.
 * @throws HeadwaterError `CONFIG_*`, `TABLE_UNKNOWN`
 */
export async function chosenConfig(
  values: TableValues,
): Promise<{ config: LoadedConfig; table: EventsTable }> {
  const config = await loadConfig(values.config);
  return { config, table: tableIn(config, values.table) };
}

/**
 * Where the config's tables live on AWS.
 * @throws HeadwaterError `CONFIG_INVALID` with what to add to the config
 */
export function awsOf({ file, aws }: LoadedConfig): AwsTarget {
  if (aws) return aws;
  const example =
    "aws: { region: 'eu-central-1', account: '123456789012', database: 'shop', location: 's3://bucket/prefix', firstDay: '2019-10-01' }";
  throw new HeadwaterError('CONFIG_INVALID', {
    file,
    problem: `\`aws\` is missing: where the tables live on AWS. Add to defineConfig({ ... }): ${example}`,
  });
}

/**
 * The table and the lake that a command is about.
 * @throws UsageError when neither `--lake` nor the config names a lake
 */
export async function chosenLake(
  values: TableValues & { readonly lake: string | undefined },
): Promise<{ config: LoadedConfig; table: EventsTable; lake: string; aws: AwsTarget | undefined }> {
  const config = await loadConfig(values.config);
  const lake = values.lake ?? configuredLake(config);
  return { config, table: tableIn(config, values.table), lake, aws: config.aws };
}

/**
 * The config, and where its tables live on AWS.
 * @throws UsageError when `aws` is missing from the config
 */
export async function chosenAws({
  config: file,
}: Pick<TableValues, 'config'>): Promise<{ config: LoadedConfig; target: AwsTarget }> {
  const config = await loadConfig(file);
  if (config.aws) return { config, target: config.aws };
  throw new UsageError(`This needs \`aws: { region, account, database, firstDay }\` in ${config.file}.`);
}

/**
 * A table of the config by its name; the first one where none is given.
 * @throws HeadwaterError `TABLE_UNKNOWN`
 */
export function tableIn({ tables }: LoadedConfig, name: string | undefined): EventsTable {
  const table = name === undefined ? tables[0] : tables.find((one) => one.name === name);
  if (table) return table;
  throw new HeadwaterError('TABLE_UNKNOWN', { table: name ?? '', known: tables.map((one) => one.name) });
}

function configuredLake({ file, lake }: LoadedConfig): string {
  if (lake === undefined) throw new UsageError(`No lake: give --lake LAKE, or set \`lake\` in ${file}.`);
  if (isS3Location(lake)) return lake;
  // Messages name the lake by its path from the working folder.
  return relative(process.cwd(), resolve(dirname(file), lake)) || '.';
}
