import type { AwsTarget } from '../../catalog/aws-target.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { deriveGlueTable } from './glue-table.ts';
import type { GlueStorageDescriptor } from './glue-table-input.ts';

/** One partition, as `BatchCreatePartition` takes it (https://docs.aws.amazon.com/glue/latest/webapi/API_PartitionInput.html). */
export interface GluePartitionInput {
  /** In the order of the table's partition keys. */
  readonly Values: string[];
  readonly StorageDescriptor: GlueStorageDescriptor;
}

/**
 * Partitions of a table's curated files, for engines that do not support projection (Glue ETL, Redshift Spectrum, EMR). Each has
 * the table's storage descriptor with the partition's location.
 *
 * @param folders paths below the lake, such as `clickstream/dt=2019-10-01/hour=07`
 * @example
 * deriveGluePartitions(schema, target, ['clickstream/dt=2019-10-01/hour=07'])
 * // [{ Values: ['2019-10-01', '7'], StorageDescriptor: { Location: 's3://.../clickstream/dt=2019-10-01/hour=07/', ... } }]
 */
export function deriveGluePartitions(
  schema: TableSchema,
  target: AwsTarget,
  folders: readonly string[],
): GluePartitionInput[] {
  const { PartitionKeys, StorageDescriptor } = deriveGlueTable(schema, target);
  return folders.map((folder) => {
    const segments = folder.split('/').slice(1);
    const texts = segments.map((segment) => decodeURIComponent(segment.slice(segment.indexOf('=') + 1)));
    return {
      // Hive compares numbers by value, so the leading zeros of the folder's name are removed.
      Values: texts.map((text, index) =>
        PartitionKeys[index]?.Type === 'int' ? String(Number(text)) : text,
      ),
      StorageDescriptor: { ...StorageDescriptor, Location: `${target.location}/${folder}/` },
    };
  });
}
