import type { Table } from '@aws-sdk/client-glue';
import type { CatalogInput } from './catalog-tables.ts';

/**
 * A table without the parameters of its columns, as CloudFormation writes it: it has no place for them
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-glue-table-column.html). They inform readers of
 * the catalog, and no query depends on them.
 */
export function withoutColumnParameters<Input extends CatalogInput>(table: Input): Input {
  const named = ({ Parameters: _, ...column }: CatalogInput['PartitionKeys'][number]) => column;
  return {
    ...table,
    StorageDescriptor: { ...table.StorageDescriptor, Columns: table.StorageDescriptor.Columns.map(named) },
    PartitionKeys: table.PartitionKeys.map(named),
  };
}

/**
 * A derived table as it is compared with a live one. A live table of which no column has parameters was written by CloudFormation, so it is
 * compared without them; publishing does not write it again for their sake.
 */
export const comparableWith = (live: Table, ours: CatalogInput): CatalogInput =>
  [...(live.StorageDescriptor?.Columns ?? []), ...(live.PartitionKeys ?? [])].every(
    ({ Parameters = {} }) => Object.keys(Parameters).length === 0,
  )
    ? withoutColumnParameters(ours)
    : ours;
