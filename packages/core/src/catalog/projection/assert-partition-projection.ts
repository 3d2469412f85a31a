import { HeadwaterError } from '../../errors/headwater-error.ts';
import { hiveType } from '../../types/hive-type.ts';
import type { ExternalTable } from '../external-table.ts';
import { tableParameters } from '../table-parameters.ts';
import { mostPartitions, projectedPartitions } from './projected-partitions.ts';
import { projectionCheckOf } from './projection-checks.ts';

/** The part of a table that concerns projection, as a catalogue stores it. */
export interface ProjectedTable {
  readonly parameters: Readonly<Record<string, string>>;
  /** Partition keys with their Hive types. */
  readonly keys: readonly { readonly name: string; readonly type: string }[];
}

/** Options of the check. */
export interface ProjectionCheckOptions {
  /** The time of the query. Without it, dates are not compared with NOW. */
  readonly now?: Date;
}

/** Hive's primitive types. Glue accepts no other type for a key. */
const primitive =
  /^(boolean|tinyint|smallint|int|bigint|float|double|string|binary|date|timestamp|(decimal|char|varchar)\([0-9, ]+\))$/;

/**
 * Every rule of Athena's partition projection that a table violates, in words. Empty when it violates none
 * (https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html).
 * Athena itself reports only the first violation, and only when the table is queried.
 *
 * @example partitionProjectionProblems({ parameters: { 'projection.enabled': 'true' }, keys: [{ name: 'dt', type: 'string' }] })
 * // ['dt has no projection type']
 */
export function partitionProjectionProblems(
  { parameters, keys }: ProjectedTable,
  { now }: ProjectionCheckOptions = {},
): string[] {
  const enabled = parameters['projection.enabled']?.trim().toLowerCase();
  const names = new Set(keys.map(({ name }) => name));
  return [
    ...(enabled === 'true' ? [] : ['projection.enabled is not true']),
    ...(names.size === 0 ? ['there is no partition key'] : []),
    ...keys.flatMap(({ name, type }) =>
      keyProblems(name, type, parameters, now).map((text) => `${name} ${text}`),
    ),
    ...strayProblems(Object.keys(parameters), names),
    ...templateProblems(parameters['storage.location.template'], names),
  ];
}

/**
 * Rejects a table whose partitions Athena could not project. A table without partition keys passes.
 *
 * @throws HeadwaterError `PROJECTION_INVALID` naming every rule that the table violates
 */
export function assertPartitionProjection(table: ExternalTable): void {
  if (table.keys.length === 0) return;
  const keys = table.keys.map(({ name, type }) => ({ name, type: hiveType(type) }));
  const problems = partitionProjectionProblems({ parameters: tableParameters(table), keys });
  // A range or an interval that is wrong has no number of partitions.
  if (problems.length === 0) problems.push(...countProblems(projectedPartitions(table)));
  if (problems.length > 0) throw new HeadwaterError('PROJECTION_INVALID', { table: table.name, problems });
}

const countProblems = (partitions: number): string[] =>
  partitions <= mostPartitions
    ? []
    : [
        `its keys have ${partitions.toLocaleString('en-US')} partitions together, and Athena scans ${mostPartitions.toLocaleString('en-US')} at most: ` +
          'set firstDay and lastDay closer to the data, or partition by fewer columns',
      ];

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
    : [`is ${hiveType}, but a partition key must have a primitive type`];
  if (type === undefined) return [...ofType, 'has no projection type'];
  const check = projectionCheckOf(type);
  if (!check)
    return [...ofType, `has the unknown projection type "${type}"; expected date, integer, enum or injected`];
  return [
    ...ofType,
    ...check.problems({ hiveType, texts: properties }, now),
    ...Object.keys(properties)
      .filter((name) => !check.properties.includes(name))
      .map((name) => `has ${name}, which the type ${type} does not use`),
  ];
}

function strayProblems(names: readonly string[], keys: ReadonlySet<string>): string[] {
  return names
    .filter((name) => name.startsWith('projection.') && name !== 'projection.enabled')
    .filter((name) => ![...keys].some((key) => name.startsWith(`projection.${key}.`)))
    .map((name) => `${name} does not belong to a partition key`);
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
      .map((name) => `${about} has \${${name}}, which is not a partition key`),
  ];
}
