import type { AwsTarget } from '../../catalog/aws-target.ts';
import { curatedTable } from '../../catalog/layers/curated-table.ts';
import type { ProjectionOverrides } from '../../catalog/layers/layer-table.ts';
import { assertPartitionProjection } from '../../catalog/projection/assert-partition-projection.ts';
import { tableProjection } from '../../catalog/projection/table-projection.ts';
import type { TableSchema } from '../../table/table-schema.ts';

/**
 * The table parameters with which Athena and Trino compute a table's partitions instead of looking them up
 * (https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html), so that a loaded day can be queried at once.
 * Redshift Spectrum, EMR and Glue's jobs ignore them and read registered partitions only.
 *
 * @param overrides projections that replace the default ones, such as `{ dt: { type: 'injected' } }`, which rejects queries without
 *   a filter on the day
 * @returns parameters of a Glue table, or TBLPROPERTIES
 * @throws HeadwaterError `PROJECTION_INVALID` naming every rule that an override violates
 * @example derivePartitionProjection(clickstream.schema, target)
 * // { 'projection.enabled': 'true', 'projection.dt.type': 'date', ..., 'storage.location.template': 's3://lake/clickstream/dt=${dt}/' }
 */
export function derivePartitionProjection(
  schema: TableSchema,
  target: AwsTarget,
  overrides: ProjectionOverrides = {},
): Record<string, string> {
  const table = curatedTable(schema, target, { projection: overrides });
  assertPartitionProjection(table);
  return tableProjection(table);
}
