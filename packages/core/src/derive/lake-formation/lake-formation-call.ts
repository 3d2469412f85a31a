// The shapes of the Lake Formation API (https://docs.aws.amazon.com/lake-formation/latest/APIReference/API_Operations.html) as
// far as they are derived, with the API's names.

/** A tag with values. */
export interface LfTagPair {
  readonly CatalogId: string;
  readonly TagKey: string;
  readonly TagValues: string[];
}

/** A table of the catalog. */
export interface LfTableResource {
  readonly CatalogId: string;
  readonly DatabaseName: string;
  readonly Name: string;
}

/** The name of a data filter. */
export interface LfFilterName {
  readonly TableCatalogId: string;
  readonly DatabaseName: string;
  readonly TableName: string;
  readonly Name: string;
}

/** A data filter: the columns that it shows, of every row. */
export interface LfDataCellsFilter extends LfFilterName {
  readonly RowFilter: { readonly AllRowsWildcard: Record<string, never> };
  readonly ColumnNames: string[];
}

/** What rights are granted on. */
export type LfResource =
  | { readonly Database: { readonly CatalogId: string; readonly Name: string } }
  | { readonly Table: LfTableResource }
  | {
      readonly Table: {
        readonly CatalogId: string;
        readonly DatabaseName: string;
        readonly TableWildcard: Record<string, never>;
      };
    }
  | { readonly DataCellsFilter: LfFilterName }
  | { readonly DataLocation: { readonly CatalogId: string; readonly ResourceArn: string } }
  | {
      readonly LFTagPolicy: {
        readonly CatalogId: string;
        readonly ResourceType: 'TABLE';
        readonly Expression: { readonly TagKey: string; readonly TagValues: string[] }[];
      };
    };

/** A right. */
export type LfPermission =
  | 'ALL'
  | 'SELECT'
  | 'DESCRIBE'
  | 'ALTER'
  | 'DROP'
  | 'CREATE_TABLE'
  | 'DATA_LOCATION_ACCESS';

/** Rights of a principal on a resource. */
export interface LfRights {
  readonly CatalogId: string;
  readonly Principal: { readonly DataLakePrincipalIdentifier: string };
  readonly Resource: LfResource;
  readonly Permissions: LfPermission[];
}

/** One call of the Lake Formation API, with its input. */
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
    }
  | {
      readonly operation: 'RegisterResource';
      readonly input: { readonly ResourceArn: string; readonly UseServiceLinkedRole: true };
    }
  | { readonly operation: 'GrantPermissions' | 'RevokePermissions'; readonly input: LfRights };
