import { schemaFingerprint } from '../lake/schema-fingerprint.ts';
import type { TableSchema } from '../table/table-schema.ts';
import { type AwsTarget, tableLocation } from './aws-target.ts';
import { glueColumn } from './glue-column.ts';
import { glueDescription } from './glue-comment.ts';
import type { GlueTableInput } from './glue-table-input.ts';
import { partitionKeys } from './partition-keys.ts';
import { derivePartitionProjection } from './partition-projection.ts';

/** What a table's derivation may know beyond the definition. */
export interface GlueTableOptions {
  /** The published version of the definition, kept as the parameter `headwater.version`. */
  readonly version?: string;
}

/**
 * A table's curated files as a complete `TableInput` of Glue's CreateTable and UpdateTable
 * (https://docs.aws.amazon.com/glue/latest/webapi/API_TableInput.html): Parquet, with projected partitions, so that no
 * partition has to be registered.
 *
 * @param target where the table lives on AWS
 * @example
 * ```ts
 * await glue.send(new CreateTableCommand({
 *   DatabaseName: target.database,
 *   TableInput: deriveGlueTable(clickstream.schema, target),
 * }));
 * ```
 */
export function deriveGlueTable(
  schema: TableSchema,
  target: AwsTarget,
  { version }: GlueTableOptions = {},
): GlueTableInput {
  const keys = new Set(schema.partitioning.columns);
  return {
    Name: schema.name,
    ...(schema.description ? { Description: glueDescription(schema.description) } : {}),
    TableType: 'EXTERNAL_TABLE',
    Parameters: {
      EXTERNAL: 'TRUE',
      classification: 'parquet',
      'parquet.compression': 'ZSTD',
      ...derivePartitionProjection(schema, target),
      'headwater.fingerprint': schemaFingerprint(schema),
      ...(version === undefined ? {} : { 'headwater.version': version }),
    },
    StorageDescriptor: {
      Columns: schema.columns.filter(({ name }) => !keys.has(name)).map(glueColumn),
      Location: tableLocation(target, schema.name),
      InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
      OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
      Compressed: true,
      NumberOfBuckets: -1,
      SerdeInfo: {
        SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
        Parameters: { 'serialization.format': '1' },
      },
      StoredAsSubDirectories: false,
    },
    PartitionKeys: partitionKeys(schema),
  };
}
