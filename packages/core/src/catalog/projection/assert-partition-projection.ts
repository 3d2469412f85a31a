import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { GlueTableInput } from '../glue-table-input.ts';
import { projectionCheckOf } from './projection-checks.ts';

/** A table of the Glue Data Catalog as far as projection goes, derived or read from AWS. */
export type ProjectedTable = Pick<GlueTableInput, 'Name' | 'Parameters' | 'PartitionKeys'>;

/** What the check may know. */
export interface ProjectionCheckOptions {
  /** When partitions are computed; without it a date is not compared with NOW. */
  readonly now?: Date;
}

/** Hive's types of one value; Glue takes no other for a key. */
const primitive =
  /^(boolean|tinyint|smallint|int|bigint|float|double|string|binary|date|timestamp|(decimal|char|varchar)\([0-9, ]+\))$/;

/**
 * Every rule of Athena's partition projection that a table breaks, in words; none when it is fine
 * (https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html).
 * Athena itself tells the first one, and only when the table is queried.
 *
 * @example partitionProjectionProblems({ Name: 't', Parameters: { 'projection.enabled': 'true' }, PartitionKeys: [{ Name: 'dt', Type: 'string' }] })
 * // ['dt has no projection type']
 */
export function partitionProjectionProblems(
  { Parameters, PartitionKeys }: ProjectedTable,
  { now }: ProjectionCheckOptions = {},
): string[] {
  const enabled = Parameters['projection.enabled']?.trim().toLowerCase();
  const keys = new Set(PartitionKeys.map(({ Name }) => Name));
  return [
    ...(enabled === 'true' ? [] : ['projection.enabled is not true']),
    ...(keys.size === 0 ? ['there is no partition key'] : []),
    ...PartitionKeys.flatMap(({ Name, Type }) =>
      keyProblems(Name, Type, Parameters, now).map((text) => `${Name} ${text}`),
    ),
    ...strayProblems(Object.keys(Parameters), keys),
    ...templateProblems(Parameters['storage.location.template'], keys),
  ];
}

/** As {@link partitionProjectionProblems}, but throws them all. */
export function assertPartitionProjection(table: ProjectedTable, options?: ProjectionCheckOptions): void {
  const problems = partitionProjectionProblems(table, options);
  if (problems.length > 0) throw new HeadwaterError('PROJECTION_INVALID', { table: table.Name, problems });
}

function keyProblems(
  key: string,
  hiveType: string,
  parameters: Readonly<Record<string, string>>,
  now: Date | undefined,
): string[] {
  const prefix = `projection.${key}.`;
  const texts = Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value] as const] : [],
    ),
  );
  const { type, ...properties } = texts;
  const ofType = primitive.test(hiveType)
    ? []
    : [`is ${hiveType}, but a partition key holds one plain value`];
  if (type === undefined) return [...ofType, 'has no projection type'];
  const check = projectionCheckOf(type);
  if (!check)
    return [...ofType, `has the projection type "${type}"; there are date, integer, enum, injected`];
  return [
    ...ofType,
    ...check.problems({ hiveType, texts: properties }, now),
    ...Object.keys(properties)
      .filter((name) => !check.properties.includes(name))
      .map((name) => `has ${name}, which means nothing to the type ${type}`),
  ];
}

function strayProblems(names: readonly string[], keys: ReadonlySet<string>): string[] {
  return names
    .filter((name) => name.startsWith('projection.') && name !== 'projection.enabled')
    .filter((name) => ![...keys].some((key) => name.startsWith(`projection.${key}.`)))
    .map((name) => `${name} is about no partition key`);
}

function templateProblems(template: string | undefined, keys: ReadonlySet<string>): string[] {
  if (template === undefined) return [];
  const named = new Set([...template.matchAll(/\$\{([^}]*)\}/g)].map(([, name = '']) => name));
  const about = 'storage.location.template';
  return [
    ...(/^s3:\/\/[^/$]+\//.test(template) ? [] : [`${about} does not begin with s3://bucket/`]),
    ...(template.endsWith('/') ? [] : [`${about} does not end with a slash`]),
    ...[...keys].filter((key) => !named.has(key)).map((key) => `${about} has no \${${key}}`),
    ...[...named]
      .filter((name) => !keys.has(name))
      .map((name) => `${about} has \${${name}}, which is no partition key`),
  ];
}
