import { columnOf, type TableSchema } from '../table/table-schema.ts';
import { type AwsTarget, tableLocation } from './aws-target.ts';
import { partitionKeys } from './partition-keys.ts';
import { assertPartitionProjection } from './projection/assert-partition-projection.ts';
import { type Projection, projectionParameters } from './projection/projection.ts';

/** Partition keys that are to be projected otherwise than they would be, by name. */
export type ProjectionOverrides = Readonly<Record<string, Projection>>;

/**
 * The days of the lake, from the first that queries shall see to tomorrow: a file of tomorrow, by a clock that is ahead,
 * is not invisible. Empty days cost a query one listing each, so `firstDay` should not be long before the data.
 */
export function dayProjection(target: AwsTarget): Projection {
  return {
    type: 'date',
    format: 'yyyy-MM-dd',
    range: [target.firstDay, 'NOW+1DAYS'],
    interval: 1,
    unit: 'DAYS',
  };
}

function projectionOf(schema: TableSchema, target: AwsTarget, key: string): Projection {
  if (key === 'dt') return dayProjection(target);
  if (key === 'hour') return { type: 'integer', range: [0, 23], digits: 2 };
  const { type } = columnOf(schema, key);
  if (type.kind !== 'enum') throw new Error(`${schema.name}.${key}: partitioned by ${type.kind}`);
  return { type: 'enum', values: type.values };
}

/** The parameters that switch projection on for these keys, in their order, with folders `key=value/` below `location`. */
export function projectedKeys(
  location: string,
  keys: readonly (readonly [key: string, projection: Projection])[],
): Record<string, string> {
  const folders = keys.map(([key]) => `${key}=\${${key}}/`).join('');
  return Object.assign(
    { 'projection.enabled': 'true' },
    ...keys.map(([key, projection]) => projectionParameters(key, projection)),
    { 'storage.location.template': `${location}${folders}` },
  );
}

/**
 * The table parameters that let Athena and Trino compute a table's partitions instead of looking them up
 * (https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html): a day that is loaded can be queried at once.
 * Nothing else honours them: Redshift Spectrum, EMR and Glue's jobs see registered partitions only.
 *
 * @param overrides such as `{ dt: { type: 'injected' } }`, which refuses queries that name no days
 * @returns parameters for a Glue table, or for TBLPROPERTIES
 * @throws HeadwaterError `PROJECTION_INVALID` naming every rule that an override breaks
 * @example derivePartitionProjection(clickstream.schema, target)
 * // { 'projection.enabled': 'true', 'projection.dt.type': 'date', ..., 'storage.location.template': 's3://lake/clickstream/dt=${dt}/' }
 */
export function derivePartitionProjection(
  schema: TableSchema,
  target: AwsTarget,
  overrides: ProjectionOverrides = {},
): Record<string, string> {
  const keys = partitionKeys(schema);
  const projected = keys.map(
    ({ Name }) => [Name, overrides[Name] ?? projectionOf(schema, target, Name)] as const,
  );
  // Of an override for what is no key, the check says so.
  const others = Object.entries(overrides).filter(([name]) => !keys.some(({ Name }) => Name === name));
  const parameters = {
    ...projectedKeys(tableLocation(target, schema.name), projected),
    ...Object.assign({}, ...others.map(([key, projection]) => projectionParameters(key, projection))),
  };
  assertPartitionProjection({ Name: schema.name, Parameters: parameters, PartitionKeys: keys });
  return parameters;
}
