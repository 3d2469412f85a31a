import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type AwsConfig, type AwsTarget, awsTarget, HeadwaterError, isHeadwaterError } from '@headwater/core';
import { compatibilityModes, quickSightProblem, rollupsProblem } from '@headwater/core/internal';
import type { Config } from './define-config.ts';

/** A config with its file. */
export interface LoadedConfig extends Omit<Config, 'aws'> {
  readonly file: string;
  /** Complete: defaults are filled in. */
  readonly aws?: AwsTarget;
}

/** The possible names of the file, by precedence. */
export const configNames = [
  'headwater.config.ts',
  'headwater.config.mts',
  'headwater.config.mjs',
  'headwater.config.js',
];

/** The nearest config in `folder` or above it. */
export function findConfig(folder: string): string | undefined {
  const here = configNames.map((name) => join(folder, name)).find((file) => existsSync(file));
  const above = dirname(folder);
  return here ?? (above === folder ? undefined : findConfig(above));
}

/**
 * Loads a config, TypeScript or JavaScript, by Node's own `import()`.
 *
 * @param given the file of `--config`, if given
 * @throws HeadwaterError `CONFIG_NOT_FOUND`, or `CONFIG_INVALID` with the problem
 */
export async function loadConfig(given: string | undefined): Promise<LoadedConfig> {
  const folder = process.cwd();
  const file = given === undefined ? findConfig(folder) : resolve(given);
  if (file === undefined || !existsSync(file)) {
    const name = given ?? 'headwater.config.ts';
    throw new HeadwaterError('CONFIG_NOT_FOUND', { from: folder, name });
  }
  const module: { default?: unknown } = await import(pathToFileURL(file).href).catch((cause: unknown) => {
    // An error of the user's definition names the table and the column already.
    if (cause instanceof Error && cause.name === 'HeadwaterError') throw cause;
    throw new HeadwaterError('CONFIG_INVALID', { file, problem: problemOf(cause) }, { cause });
  });
  assertConfig(file, module.default);
  if (module.default.stream !== undefined) await assertStream(file, module.default);
  if (module.default.infra !== undefined) await assertInfra(module.default.infra);
  const { aws, ...config } = module.default;
  const target = aws && completeTarget(file, aws, config.lake);
  if (target) assertServiceTables(file, target, config.tables);
  return { ...config, file, ...(target ? { aws: target } : {}) };
}

/**
 * Checks the settings of the stream. Loaded for a config that has some: other commands start without it. Roles and actions are checked where
 * there is one table; with several, the command knows whose stream it is.
 */
async function assertStream(file: string, { stream, tables }: Config): Promise<void> {
  const { streamProblems } = await import('@headwater/stream');
  const [table, ...others] = tables;
  const problems = streamProblems(stream, others.length === 0 ? table.schema : undefined);
  if (problems.length === 0) return;
  const problem = problems
    .map((one) => `\`stream${one.field === '' ? '' : `.${one.field}`}\` ${one.problem}. ${one.fix}`)
    .join('; ');
  throw new HeadwaterError('CONFIG_INVALID', { file, problem });
}

/** Checks what the platform has, for a config that says it: other commands start without the check. */
async function assertInfra(infra: unknown): Promise<void> {
  const { infraProblems } = await import('@headwater/infra/config');
  const problems = infraProblems(infra);
  if (problems.length > 0) throw new HeadwaterError('INFRA_CONFIG_INVALID', { problems });
}

/** Refuses a table of a service that the config does not have: publishing would leave out a misspelled one without a message. */
function assertServiceTables(file: string, target: AwsTarget, tables: Config['tables']): void {
  const names = tables.map(({ name }) => name);
  for (const service of ['dataBrew', 'crawler', 'dataQuality', 'stream'] as const) {
    const unknown = target[service]?.tables?.find((name) => !names.includes(name));
    if (unknown === undefined) continue;
    const problem = `\`aws.${service}.tables\` names ${unknown}, which is no table of the config: ${names.join(', ')}`;
    throw new HeadwaterError('CONFIG_INVALID', { file, problem });
  }
  if (target.stream && !target.stream.tables && names.length > 1) {
    const problem = `\`aws.stream.tables\` must name the one table whose events the stream carries: ${names.join(', ')}`;
    throw new HeadwaterError('CONFIG_INVALID', { file, problem });
  }
}

function completeTarget(file: string, aws: AwsConfig, lake: string | undefined): AwsTarget {
  try {
    return awsTarget({ ...aws, location: aws.location ?? (lake?.startsWith('s3://') ? lake : undefined) });
  } catch (cause) {
    if (!isHeadwaterError(cause, 'AWS_CONFIG_INVALID')) throw cause;
    throw new HeadwaterError('CONFIG_INVALID', { file, problem: cause.message }, { cause });
  }
}

function problemOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const advice = typeof code === 'string' ? advices[code] : undefined;
  return advice ? `${message}. ${advice}` : message;
}

const advices: Readonly<Record<string, string>> = {
  ERR_MODULE_NOT_FOUND:
    'Install the project first (npm install); relative imports need their extension (.ts)',
  ERR_UNKNOWN_FILE_EXTENSION:
    'This Node cannot read TypeScript: use Node 22.18 or later, or a headwater.config.mjs',
  ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX:
    "Node strips types only: no enums, namespaces or parameter properties in the config's files",
};

function assertConfig(file: string, value: unknown): asserts value is Config {
  const invalid = (problem: string) => new HeadwaterError('CONFIG_INVALID', { file, problem });
  if (typeof value !== 'object' || value === null)
    throw invalid('no default export; write `export default defineConfig({ tables: [...] })`');
  const { tables, lake, lookups, aws, trino, postgres, maxScan, rollups, quicksight } = value as {
    readonly [Key in keyof Config]?: unknown;
  };
  if (!Array.isArray(tables) || tables.length === 0)
    throw invalid('`tables` must list at least one table made by defineEvents');
  const isTable = (table: unknown): boolean =>
    typeof table === 'object' && table !== null && 'schema' in table && 'name' in table && 'row' in table;
  const wrong = tables.findIndex((table) => !isTable(table));
  if (wrong >= 0) throw invalid(`\`tables[${wrong}]\` is not a table; make it with defineEvents`);
  const names = tables.map((table: { name: string }) => table.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw invalid(`two tables are named ${twice}`);
  if (lake !== undefined && typeof lake !== 'string')
    throw invalid('`lake` must be a string: a folder or s3://bucket/prefix');
  const isText = (one: unknown): boolean => typeof one === 'string';
  if (
    lookups !== undefined &&
    !(typeof lookups === 'object' && lookups && Object.values(lookups).every(isText))
  )
    throw invalid("`lookups` must be an object: { page: './pages.csv' }");
  if (aws !== undefined && (typeof aws !== 'object' || aws === null))
    throw invalid('`aws` must be an object: { region, account, database, location, firstDay }');
  const isSet = (part: unknown, key: string): boolean =>
    typeof part === 'object' && part !== null && typeof Reflect.get(part, key) === 'string';
  if (trino !== undefined && !['url', 'catalog', 'schema'].every((key) => isSet(trino, key)))
    throw invalid('`trino` must be an object: { url, catalog, schema }');
  if (postgres !== undefined && (typeof postgres !== 'object' || postgres === null))
    throw invalid('`postgres` must be an object: { url, schema }');
  if (postgres && 'url' in postgres && typeof postgres.url !== 'string')
    throw invalid('`postgres.url` must be a string: postgres://user@host:5432/database');
  if (maxScan !== undefined && typeof maxScan !== 'string')
    throw invalid("`maxScan` must be a size, such as '5 GB'");
  const wrongRollup = rollupsProblem(rollups, names);
  if (wrongRollup !== undefined) throw invalid(wrongRollup);
  const wrongDashboard = quickSightProblem(quicksight);
  if (wrongDashboard !== undefined) throw invalid(wrongDashboard);
  assertMetrics(value, invalid);
  assertPublishing(value, invalid);
}

/** Checks the project's own metrics. Names that ship are not loaded here: what uses metrics checks them. */
function assertMetrics(value: object, invalid: (problem: string) => HeadwaterError): void {
  const { metrics = [] }: { readonly [Key in keyof Config]?: unknown } = value;
  if (!Array.isArray(metrics)) throw invalid('`metrics` must list metrics made by defineMetric');
  const isMetric = (one: unknown): boolean =>
    typeof one === 'object' && one !== null && 'name' in one && 'measures' in one && 'query' in one;
  const wrong = metrics.findIndex((one) => !isMetric(one));
  if (wrong >= 0) throw invalid(`\`metrics[${wrong}]\` is not a metric; make it with defineMetric`);
}

/** Checks the settings of publishing. */
function assertPublishing(value: object, invalid: (problem: string) => HeadwaterError): void {
  const { schemas, queries, compatibility }: { readonly [Key in keyof Config]?: unknown } = value;
  if (schemas !== undefined && typeof schemas !== 'string')
    throw invalid('`schemas` must be a string: a folder');
  if (queries !== undefined && !(Array.isArray(queries) && queries.every((one) => typeof one === 'string')))
    throw invalid('`queries` must be a list of files or patterns');
  if (compatibility !== undefined && !compatibilityModes.some((mode) => mode === compatibility))
    throw invalid(`\`compatibility\` must be one of ${compatibilityModes.join(', ')}`);
}
