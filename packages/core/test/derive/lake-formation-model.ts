import type { LakeFormationCall } from '../../src/index.ts';

/** The columns of each table and view of the catalog. */
export type Catalog = ReadonlyMap<string, readonly string[]>;

type Rights = Extract<LakeFormationCall, { operation: 'GrantPermissions' | 'RevokePermissions' }>['input'];

/** Everybody whom IAM allows. */
export const everybody = 'IAM_ALLOWED_PRINCIPALS';

/**
 * Lake Formation as far as reading is concerned, as its guide describes it: columns have the tag of their table unless they
 * have their own, grants add up, and in an account with its defaults everybody has every right to every table
 * (https://docs.aws.amazon.com/lake-formation/latest/dg/lf-tag-considerations.html,
 * https://docs.aws.amazon.com/lake-formation/latest/dg/change-settings.html).
 */
export class LakeFormationModel {
  readonly #catalog: Catalog;
  readonly #tags = new Map<string, string>();
  readonly #filters = new Map<string, readonly string[]>();
  readonly #grants: Rights[] = [];
  readonly #open: Set<string>;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
    this.#open = new Set(catalog.keys());
  }

  call(call: LakeFormationCall): void {
    if (call.operation === 'AddLFTagsToResource') {
      const { Resource, LFTags } = call.input;
      const value = LFTags[0]?.TagValues[0] ?? '';
      if ('Table' in Resource) this.#tags.set(Resource.Table.Name, value);
      else
        for (const name of Resource.TableWithColumns.ColumnNames)
          this.#tags.set(
            `${Resource.TableWithColumns.Name}.${this.#column(Resource.TableWithColumns.Name, name)}`,
            value,
          );
    } else if (call.operation === 'CreateDataCellsFilter') {
      const { TableName, Name, ColumnNames } = call.input.TableData;
      this.#filters.set(
        `${TableName}/${Name}`,
        ColumnNames.map((name) => this.#column(TableName, name)),
      );
    } else if (call.operation === 'GrantPermissions') this.#grants.push(call.input);
    else if (call.operation === 'RevokePermissions' && 'Table' in call.input.Resource) {
      const { Table } = call.input.Resource;
      if ('Name' in Table && call.input.Principal.DataLakePrincipalIdentifier === everybody)
        this.#open.delete(Table.Name);
    }
  }

  /** The columns that a principal may read. `keys` are those that a filter cannot hide. */
  readable(principal: string, table: string, keys: readonly string[]): string[] {
    const columns = this.#catalog.get(table) ?? [];
    if (this.#open.has(table)) return [...columns];
    const granted = this.#grants
      .filter(
        ({ Principal, Permissions }) =>
          Principal.DataLakePrincipalIdentifier === principal && Permissions.includes('SELECT'),
      )
      .flatMap(({ Resource }): readonly string[] => {
        if ('Table' in Resource)
          return 'Name' in Resource.Table && Resource.Table.Name === table ? columns : [];
        if ('DataCellsFilter' in Resource) {
          const { TableName, Name } = Resource.DataCellsFilter;
          if (TableName !== table) return [];
          const shown = this.#filters.get(`${table}/${Name}`);
          if (!shown) throw new Error(`no filter ${Name}`);
          return [...shown, ...keys];
        }
        if (!('LFTagPolicy' in Resource)) return [];
        const values = Resource.LFTagPolicy.Expression.flatMap(({ TagValues }) => TagValues);
        return columns.filter((name) =>
          values.includes(this.#tags.get(`${table}.${name}`) ?? this.#tags.get(table) ?? ''),
        );
      });
    return columns.filter((name) => granted.includes(name));
  }

  /** @throws Error for a column that the table does not have, which Lake Formation refuses */
  #column(table: string, name: string): string {
    if (!this.#catalog.get(table)?.includes(name)) throw new Error(`${table} has no column ${name}`);
    return name;
  }
}
