import type { AwsTarget } from '../../catalog/aws-target.ts';
import { catalogDescription } from '../../catalog/catalog-comment.ts';
import type { ExternalTable } from '../../catalog/external-table.ts';
import { fileFormats } from '../../catalog/file-formats.ts';
import { type LayerOptions, layerTable } from '../../catalog/layers/layer-table.ts';
import { assertPartitionProjection } from '../../catalog/projection/assert-partition-projection.ts';
import { tableParameters } from '../../catalog/table-parameters.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { glueColumn } from './glue-column.ts';
import type { GlueTableInput } from './glue-table-input.ts';

/**
 * One layer of a table as a complete `TableInput` of Glue's CreateTable and UpdateTable
 * (https://docs.aws.amazon.com/glue/latest/webapi/API_TableInput.html). Its partitions are projected, so none has to be
 * registered. The layer defaults to the clean events.
 *
 * @param target the place of the table on AWS
 * @throws HeadwaterError `PROJECTION_INVALID` for a projection that violates Athena's rules, `TYPE_UNSUPPORTED` for a
 *   column that the layer's files cannot store
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
  options: LayerOptions = {},
): GlueTableInput {
  return glueTableInput(layerTable(schema, target, options));
}

/**
 * An external table as Glue's `TableInput`.
 * @throws HeadwaterError `PROJECTION_INVALID` for a projection that violates Athena's rules
 */
export function glueTableInput(table: ExternalTable): GlueTableInput {
  assertPartitionProjection(table);
  const { inputFormat, outputFormat, serde } = fileFormats[table.format];
  return {
    Name: table.name,
    ...(table.description ? { Description: catalogDescription(table.description) } : {}),
    // Athena's DDL fails on a table without a type.
    TableType: 'EXTERNAL_TABLE',
    Parameters: { EXTERNAL: 'TRUE', ...tableParameters(table) },
    StorageDescriptor: {
      Columns: table.columns.map(glueColumn),
      Location: table.location,
      InputFormat: inputFormat,
      OutputFormat: outputFormat,
      Compressed: false,
      NumberOfBuckets: -1,
      SerdeInfo: { SerializationLibrary: serde.library, Parameters: { ...serde.parameters } },
      StoredAsSubDirectories: false,
    },
    // An empty list for a table without partitions: Athena fails if the member is missing.
    PartitionKeys: table.keys.map(glueColumn),
  };
}
