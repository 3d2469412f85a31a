import { isReadFromFile, memberNames } from '../../table/file-schema.ts';
import { firstMember, pathText } from '../../table/nested-path.ts';
import { isPortableName } from '../../table/portable-name.ts';
import type { Column, DescribedColumn, TableSchema } from '../../table/table-schema.ts';
import { type AwsTarget, tableLocation } from '../aws-target.ts';
import type { ExternalTable } from '../external-table.ts';
import type { LayerOptions } from './layer-table.ts';

/** The name of the table over a table's raw files of one format. */
export const rawTableName = (table: string, format: 'csv' | 'json'): string => `${table}__raw_${format}`;

/** CSV has only text, in the order of the file. */
const csvColumns = ({ columns }: TableSchema): DescribedColumn[] =>
  columns.filter(isReadFromFile).map(asText);

/**
 * JSON is read by name, so former names and aliases are columns too; a column with a path is in the member that its path begins
 * with. Names that are not valid in Hive are omitted.
 */
function jsonColumns(table: TableSchema): DescribedColumn[] {
  const columns = table.columns.filter(isReadFromFile).flatMap((column) => {
    const plain = asText(column);
    const names = memberNames(column).map((name) => name.toLowerCase());
    const others = [...new Set(names)].filter((name) => isPortableName(name) && name !== column.name);
    return [
      ...(column.path ? [] : [plain]),
      ...others.map((name) => ({ ...plain, name, description: `Another name of ${column.name}` })),
    ];
  });
  const known = new Set(columns.map(({ name }) => name));
  const paths = table.columns.flatMap((column) => (column.path ? [{ column, path: column.path }] : []));
  for (const { column, path } of paths) {
    const name = firstMember(path).toLowerCase();
    if (known.has(name) || !isPortableName(name)) continue;
    known.add(name);
    columns.push({
      ...asText(column),
      name,
      description: `Holds ${pathText(path)}, and other values as JSON`,
    });
  }
  return columns;
}

const asText = (column: Column): DescribedColumn => ({ ...column, type: { kind: 'string' }, nullable: true });

/**
 * The table over a table's raw files, before cleaning. Every column is text: OpenCSVSerde reads dates as days since
 * 1970, and one raw value of another type would fail a whole query
 * (https://docs.aws.amazon.com/athena/latest/ug/csv-serde.html).
 *
 * CSV files must have the table's columns in its order, quoted with `"`, which is doubled inside. JSON files must have one
 * object per line. Former names and aliases have a column each, if Hive can store the name.
 */
export function rawTable(
  schema: TableSchema,
  target: AwsTarget,
  format: 'csv' | 'json',
  { landing, header = true }: LayerOptions,
): ExternalTable {
  const name = rawTableName(schema.name, format);
  return {
    name,
    description: `Raw ${format.toUpperCase()} files of ${schema.name}, as they land`,
    columns: format === 'csv' ? csvColumns(schema) : jsonColumns(schema),
    keys: [],
    location: landing ?? tableLocation(target, name),
    format,
    parameters: format === 'csv' && header ? { 'skip.header.line.count': '1' } : {},
  };
}
