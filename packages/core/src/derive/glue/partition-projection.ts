import type { AwsTarget } from '../../catalog/aws-target.ts';
import { curatedTable } from '../../catalog/layers/curated-table.ts';
import type { ProjectionOverrides } from '../../catalog/layers/layer-table.ts';
import { assertPartitionProjection } from '../../catalog/projection/assert-partition-projection.ts';
import { tableProjection } from '../../catalog/projection/table-projection.ts';
import type { TableSchema } from '../../table/table-schema.ts';

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
  const table = curatedTable(schema, target, { projection: overrides });
  assertPartitionProjection(table);
  return tableProjection(table);
}
