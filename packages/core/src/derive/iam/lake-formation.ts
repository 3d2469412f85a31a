import type { AwsTarget } from '../../catalog/aws-target.ts';
import type { ExternalTable } from '../../catalog/external-table.ts';
import { layerTable, type TableLayer } from '../../catalog/layers/layer-table.ts';
import type { PiiClass } from '../../table/column-metadata.ts';
import type { TableSchema } from '../../table/table-schema.ts';

interface LfTagPair {
  readonly CatalogId: string;
  readonly TagKey: string;
  readonly TagValues: string[];
}

interface LfTableResource {
  readonly CatalogId: string;
  readonly DatabaseName: string;
  readonly Name: string;
}

interface LfDataCellsFilter {
  readonly TableCatalogId: string;
  readonly DatabaseName: string;
  readonly TableName: string;
  readonly Name: string;
  readonly RowFilter: { readonly AllRowsWildcard: Record<string, never> };
  readonly ColumnNames: string[];
}

/** One call of the Lake Formation API (https://docs.aws.amazon.com/lake-formation/latest/APIReference/API_Operations.html), with its input. */
export type LakeFormationCall =
  | { readonly operation: 'CreateLFTag'; readonly input: LfTagPair }
  | {
      readonly operation: 'AddLFTagsToResource';
      readonly input: {
        readonly CatalogId: string;
        readonly Resource:
          | { readonly Table: LfTableResource }
          | { readonly TableWithColumns: LfTableResource & { readonly ColumnNames: string[] } };
        readonly LFTags: LfTagPair[];
      };
    }
  | {
      readonly operation: 'CreateDataCellsFilter';
      readonly input: { readonly TableData: LfDataCellsFilter };
    };

/** The tag of columns. Lake Formation folds keys and values to lower case; their maximum is 50 characters. */
const tagKey = 'pii';
const classes: readonly PiiClass[] = ['none', 'pseudonymous', 'direct'];

/** The PII classes of the columns that each filter shows. */
const filters: Readonly<Record<string, readonly PiiClass[]>> = {
  no_pii: ['none'],
  no_direct_pii: ['none', 'pseudonymous'],
};

/**
 * The Lake Formation calls that follow from the PII classes of a table's columns. Make them in this order: create the tag
 * `pii`; tag the tables and their columns; create filters that show a table without personal data.
 *
 * Tags and filters fail closed. The table itself has the tag `direct`, so that a new column without a tag is hidden. A filter
 * lists the columns that it shows, never those that it hides. Every filter shows the partition keys, because Lake Formation
 * cannot filter them; a separate call tags them.
 *
 * An account has the tag once: omit the first call if the tag exists. AddLFTagsToResource reports problems in `Failures` of its
 * response, not as an error, so check them.
 *
 * @param layers default to `curated` and `quarantine`, because a quarantine contains the same personal data
 * @example deriveLakeFormation(clickstream.schema, target)[0]
 * // { operation: 'CreateLFTag', input: { CatalogId: '123456789012', TagKey: 'pii', TagValues: ['none', 'pseudonymous', 'direct'] } }
 */
export function deriveLakeFormation(
  schema: TableSchema,
  target: AwsTarget,
  layers: readonly TableLayer[] = ['curated', 'quarantine'],
): LakeFormationCall[] {
  const tables = layers.map((layer) => layerTable(schema, target, { layer }));
  return [
    { operation: 'CreateLFTag', input: tag(target, classes) },
    ...tables.flatMap((table) => tagCalls(table, target)),
    ...tables.flatMap((table) => filterCalls(table, target)),
  ];
}

const tag = ({ account }: AwsTarget, values: readonly PiiClass[]): LfTagPair => ({
  CatalogId: account,
  TagKey: tagKey,
  TagValues: [...values],
});

function tagCalls({ name, columns, keys }: ExternalTable, target: AwsTarget): LakeFormationCall[] {
  const table = { CatalogId: target.account, DatabaseName: target.database, Name: name };
  const tagColumns = (pii: PiiClass, names: string[]): LakeFormationCall[] =>
    names.length === 0
      ? []
      : [
          {
            operation: 'AddLFTagsToResource',
            input: {
              CatalogId: target.account,
              Resource: { TableWithColumns: { ...table, ColumnNames: names } },
              LFTags: [tag(target, [pii])],
            },
          },
        ];
  return [
    {
      operation: 'AddLFTagsToResource',
      input: { CatalogId: target.account, Resource: { Table: table }, LFTags: [tag(target, ['direct'])] },
    },
    ...classes.flatMap((pii) => tagColumns(pii, namesOf(columns, [pii]))),
    ...classes.flatMap((pii) => tagColumns(pii, namesOf(keys, [pii]))),
  ];
}

function filterCalls({ name, columns }: ExternalTable, target: AwsTarget): LakeFormationCall[] {
  const shown = Object.entries(filters).map(([filter, of]) => [filter, namesOf(columns, of)] as const);
  return shown.flatMap(([filter, names], index): LakeFormationCall[] => {
    // Omit a filter that shows every column, no column, or the same columns as the filter before.
    if ([0, columns.length, shown[index - 1]?.[1].length].includes(names.length)) return [];
    const data: LfDataCellsFilter = {
      TableCatalogId: target.account,
      DatabaseName: target.database,
      TableName: name,
      Name: `${name}__${filter}`,
      RowFilter: { AllRowsWildcard: {} },
      ColumnNames: names,
    };
    return [{ operation: 'CreateDataCellsFilter', input: { TableData: data } }];
  });
}

const namesOf = (
  columns: readonly { readonly name: string; readonly pii: PiiClass }[],
  shown: readonly PiiClass[],
): string[] => columns.filter(({ pii }) => shown.includes(pii)).map(({ name }) => name);
