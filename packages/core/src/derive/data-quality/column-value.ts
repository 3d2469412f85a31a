import type { Column } from '../../table/table-schema.ts';
import { sparkName, sparkType } from '../../types/spark-type.ts';
import { sqlText } from './dqdl-text.ts';

/** How rules name the value of a column. */
export interface ColumnValue {
  /** Spark SQL, without double quotes. */
  readonly sql: string;
  /** Whether it is the column itself, which rules of DQDL can name. Only then is the rule of a column possible. */
  readonly isPlain: boolean;
}

/**
 * The value of a column of the table. Older files have it under a former name, or lack a column that has a default, and Parquet is read
 * by name: the table then has null where the read view has a value.
 *
 * @param keys the partition keys, which every folder has
 * @example columnValue(brandName, new Set()) // { sql: 'coalesce(`brand_name`, `brand`)', isPlain: false }
 */
export function columnValue(column: Column, keys: ReadonlySet<string>): ColumnValue {
  const names = keys.has(column.name) ? [column.name] : [column.name, ...column.renamedFrom];
  const values = names.map(sparkName);
  if (column.default !== undefined && !keys.has(column.name))
    values.push(`cast(${sqlText(column.default)} as ${sparkType(column.type)})`);
  const [only = ''] = values;
  return values.length > 1
    ? { sql: `coalesce(${values.join(', ')})`, isPlain: false }
    : { sql: only, isPlain: true };
}
