import { schemaFingerprint } from '../lake/schema-fingerprint.ts';
import type { TableSchema } from '../table/table-schema.ts';
import { type AwsTarget, tableLocation } from './aws-target.ts';
import { externalTable } from './external-table.ts';
import { glueFormats } from './glue-format.ts';
import type { GlueTableInput } from './glue-table-input.ts';
import { partitionKeys } from './partition-keys.ts';
import { derivePartitionProjection, type ProjectionOverrides } from './partition-projection.ts';

/** What a table's derivation may know beyond the definition. */
export interface GlueTableOptions {
  /** The published version of the definition, kept as the parameter `headwater.version`. */
  readonly version?: string;
  /** Partition keys that are to be projected otherwise than they would be. */
  readonly projection?: ProjectionOverrides;
}

/**
 * A table's curated files as a complete `TableInput` of Glue's CreateTable and UpdateTable
 * (https://docs.aws.amazon.com/glue/latest/webapi/API_TableInput.html): Parquet, with projected partitions, so that no
 * partition has to be registered.
 *
 * @param target where the table lives on AWS
 * @throws HeadwaterError `PROJECTION_INVALID` for a projection that breaks Athena's rules
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
  { version, projection }: GlueTableOptions = {},
): GlueTableInput {
  const keys = new Set(schema.partitioning.columns);
  return externalTable({
    name: schema.name,
    description: schema.description,
    columns: schema.columns.filter(({ name }) => !keys.has(name)),
    keys: partitionKeys(schema),
    location: tableLocation(target, schema.name),
    format: glueFormats.parquet,
    parameters: {
      ...derivePartitionProjection(schema, target, projection),
      'headwater.fingerprint': schemaFingerprint(schema),
      ...(version === undefined ? {} : { 'headwater.version': version }),
    },
  });
}
