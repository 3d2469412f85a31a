import {
  type DatabaseIntrospector,
  type DatabaseMetadataOptions,
  type Kysely,
  type SchemaMetadata,
  sql,
  type TableMetadata,
} from 'kysely';

interface ColumnRow {
  schema: string;
  table: string;
  isView: boolean;
  column: string;
  dataType: string;
  isNullable: boolean;
  hasDefault: boolean;
}

/** Lists schemas, tables and views from the information schema, which is the same in DuckDB and Trino. */
export class InformationSchemaIntrospector implements DatabaseIntrospector {
  readonly #db: Kysely<unknown>;

  constructor(db: Kysely<unknown>) {
    this.#db = db;
  }

  async getSchemas(): Promise<SchemaMetadata[]> {
    const { rows } = await sql<{
      name: string;
    }>`select distinct schema_name as name from information_schema.schemata order by 1`.execute(this.#db);
    return rows;
  }

  async getTables(_options?: DatabaseMetadataOptions): Promise<TableMetadata[]> {
    const { rows } = await sql<ColumnRow>`
      select c.table_schema as "schema", c.table_name as "table", t.table_type = 'VIEW' as "isView",
        c.column_name as "column", c.data_type as "dataType", c.is_nullable = 'YES' as "isNullable",
        c.column_default is not null as "hasDefault"
      from information_schema.columns c
      join information_schema.tables t on t.table_catalog = c.table_catalog
        and t.table_schema = c.table_schema and t.table_name = c.table_name
      where c.table_schema <> 'information_schema'
      order by c.table_schema, c.table_name, c.ordinal_position`.execute(this.#db);
    const groups = Map.groupBy(rows, (row) => JSON.stringify([row.schema, row.table]));
    return [...groups.values()].flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const columns = group.map((row) => ({
        name: row.column,
        dataType: row.dataType,
        isNullable: row.isNullable,
        hasDefaultValue: row.hasDefault,
        isAutoIncrementing: false,
      }));
      return [{ name: first.table, schema: first.schema, isView: first.isView, isForeign: false, columns }];
    });
  }
}
