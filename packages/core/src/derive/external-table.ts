import type { DescribedColumn } from '../table/table-schema.ts';
import { glueColumn } from './glue-column.ts';
import { glueDescription } from './glue-comment.ts';
import type { GlueFormat } from './glue-format.ts';
import type { GlueColumn, GlueTableInput } from './glue-table-input.ts';

/** What an external table of the Glue Data Catalog is made of. */
export interface ExternalTable {
  readonly name: string;
  readonly description: string;
  readonly columns: readonly DescribedColumn[];
  /** None is said as such: Athena fails on a table without the list. */
  readonly keys: readonly GlueColumn[];
  /** `s3://.../`, with the slash. */
  readonly location: string;
  readonly format: GlueFormat;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The complete `TableInput` of an external table: files that AWS reads and does not own. */
export function externalTable(table: ExternalTable): GlueTableInput {
  const { InputFormat, OutputFormat, SerdeInfo, parameters } = table.format;
  return {
    Name: table.name,
    ...(table.description ? { Description: glueDescription(table.description) } : {}),
    // Athena's DDL fails on a table without a type.
    TableType: 'EXTERNAL_TABLE',
    Parameters: { EXTERNAL: 'TRUE', ...parameters, ...table.parameters },
    StorageDescriptor: {
      Columns: table.columns.map(glueColumn),
      Location: table.location,
      InputFormat,
      OutputFormat,
      Compressed: false,
      NumberOfBuckets: -1,
      SerdeInfo: { ...SerdeInfo, Parameters: { ...SerdeInfo.Parameters } },
      StoredAsSubDirectories: false,
    },
    PartitionKeys: [...table.keys],
  };
}
