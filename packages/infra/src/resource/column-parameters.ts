import type { TableBody } from './small-bodies.ts';

type Table = TableBody['TableInput'];

/**
 * A table without the parameters of its columns. CloudFormation has no place for them: a column of AWS::Glue::Table has a name, a type
 * and a comment (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-glue-table-column.html). Nothing
 * that reads the table depends on them, and publishing takes a table that has none for its own.
 */
export function withoutColumnParameters(table: Table): Table {
  const named = ({ Parameters: _, ...column }: Table['PartitionKeys'][number]) => column;
  return {
    ...table,
    StorageDescriptor: { ...table.StorageDescriptor, Columns: table.StorageDescriptor.Columns.map(named) },
    PartitionKeys: table.PartitionKeys.map(named),
  } as Table;
}
