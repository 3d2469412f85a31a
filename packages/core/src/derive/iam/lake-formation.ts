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

/** One call of the Lake Formation API (https://docs.aws.amazon.com/lake-formation/latest/APIReference/API_Operations.html) with its body. */
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

/** The tag that columns carry. Lake Formation folds keys and values to lower case, and takes 50 characters. */
const tagKey = 'pii';
const classes: readonly PiiClass[] = ['none', 'pseudonymous', 'direct'];

/** What each filter shows: the columns of these classes. */
const filters: Readonly<Record<string, readonly PiiClass[]>> = {
  no_pii: ['none'],
  no_direct_pii: ['none', 'pseudonymous'],
};

/**
 * What the PII classes of a table's columns mean to Lake Formation, as calls in the order in which they are to be made:
 * the tag `pii`; the tag on the tables and on their columns; filters that show a table without personal data.
 *
 * Both fail closed. A table itself is tagged `direct`, so that a column that is added, and not yet tagged, is hidden; and
 * a filter lists the columns that it shows, never those that it hides. The keys of partitions are shown by every filter,
 * since Lake Formation filters none, and have a call of their own.
 *
 * The tag exists once an account: where it is there already, leave out the first call. AddLFTagsToResource answers with
 * `Failures` and not with an error: look at them.
 *
 * @param layers `curated` and `quarantine` when not given: what may be in a row is in the quarantine too
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
    // A filter that shows everything, nothing, or what the one before shows, is none.
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
