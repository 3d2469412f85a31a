import { HeadwaterError } from '../errors/headwater-error.ts';
import { isPortableName } from '../table/portable-name.ts';
import type { Column, DescribedColumn, TableSchema } from '../table/table-schema.ts';
import { type AwsTarget, tableLocation } from './aws-target.ts';
import { externalTable } from './external-table.ts';
import { glueFormats } from './glue-format.ts';
import type { GlueTableInput } from './glue-table-input.ts';

/** The formats in which events land before they are loaded. */
export type RawFormat = 'csv' | 'json';

/** What a raw table's derivation may know. */
export interface RawGlueTableOptions {
  /** Where the files land, `s3://.../`; `<lake>/<table>__raw_<format>/` when not given. */
  readonly location?: string;
  /** Whether the first line of a CSV file names the columns; true when not given. */
  readonly header?: boolean;
}

/** The name of the table over a table's raw files. */
export const rawTableName = (table: string, format: RawFormat): string => `${table}__raw_${format}`;

const isNested = ({ type: { kind } }: Column): boolean => ['list', 'struct', 'map'].includes(kind);

/** CSV has text alone, in the order of the file. */
function csvColumns(table: TableSchema): DescribedColumn[] {
  const nested = table.columns.find(isNested);
  if (nested) {
    throw new HeadwaterError('TYPE_UNSUPPORTED', {
      target: 'a CSV file',
      kind: nested.type.kind,
      column: nested.name,
      fix: 'Derive the raw table of JSON files instead',
    });
  }
  return table.columns.map(asText);
}

/** JSON is read by name, whatever name a producer gives it; a name that Hive could not hold is left out. */
function jsonColumns(table: TableSchema): DescribedColumn[] {
  return table.columns.flatMap((column) => {
    const others = [...column.renamedFrom, ...column.aliases].map((name) => name.toLowerCase());
    const plain = isNested(column) ? { ...column, nullable: true } : asText(column);
    const known = [...new Set(others)].filter((name) => isPortableName(name) && name !== column.name);
    return [
      plain,
      ...known.map((name) => ({ ...plain, name, description: `Another name of ${column.name}` })),
    ];
  });
}

const asText = (column: Column): DescribedColumn => ({ ...column, type: { kind: 'string' }, nullable: true });

/**
 * The table over a table's files as they land, before cleaning, as Glue's `TableInput`. Every plain column is text: what a
 * raw file holds is not yet a number or a time, OpenCSVSerde reads dates as days since 1970, and one value that is none
 * would fail a whole query.
 *
 * CSV files hold the table's columns in its order, quoted with `"`, which is doubled inside. JSON files hold one object
 * a line; former names and aliases have a column each, as far as Hive can hold the name.
 *
 * @throws HeadwaterError `TYPE_UNSUPPORTED` for a list, struct or map in CSV
 */
export function deriveRawGlueTable(
  schema: TableSchema,
  target: AwsTarget,
  format: RawFormat,
  { location, header = true }: RawGlueTableOptions = {},
): GlueTableInput {
  const name = rawTableName(schema.name, format);
  return externalTable({
    name,
    description: `Raw ${format.toUpperCase()} files of ${schema.name}, as they land`,
    columns: format === 'csv' ? csvColumns(schema) : jsonColumns(schema),
    keys: [],
    location: location ?? tableLocation(target, name),
    format: glueFormats[format],
    parameters: format === 'csv' && header ? { 'skip.header.line.count': '1' } : {},
  });
}
