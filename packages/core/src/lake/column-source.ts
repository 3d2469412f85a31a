import type { Column } from '../table/table-schema.ts';
import { quoteName, quoteText } from '../types/duckdb-type.ts';

/** Facts about the files that a column is read from. */
export interface ColumnFiles {
  /** Names of the columns that at least one file has. */
  readonly present: ReadonlySet<string>;
  /** Names of the columns that every file has, with a value in every row. */
  readonly always?: ReadonlySet<string>;
}

/**
 * SQL for a column's value over older and newer files: from whichever of its names a file has, else its default, else
 * null. DuckDB and Trino both run it; only the name of the type differs.
 *
 * @param type the type's text in the engine
 * @example columnSource(brandName, 'VARCHAR', { present: new Set(['brand', 'brand_name']) })
 * // coalesce(CAST("brand_name" AS VARCHAR), CAST("brand" AS VARCHAR))
 */
export function columnSource(column: Column, type: string, { present, always }: ColumnFiles): string {
  const cast = (value: string): string => `CAST(${value} AS ${type})`;
  // A plain column keeps its statistics, so that the engine can skip row groups. It cannot with a coalesce.
  if (always?.has(column.name)) return cast(quoteName(column.name));
  const names = [column.name, ...column.renamedFrom].filter((name) => present.has(name));
  const values = names.map((name) => cast(quoteName(name)));
  if (column.default !== undefined) values.push(cast(quoteText(column.default)));
  const [only, ...others] = values;
  return others.length > 0 ? `coalesce(${values.join(', ')})` : (only ?? cast('NULL'));
}
