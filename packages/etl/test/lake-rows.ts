import { join } from 'node:path';
import { queryFiles } from './query-files.ts';

/**
 * The rows of a table of a lake, each as its values with spaces between them.
 *
 * @param table the table's name, or that of its quarantine
 * @param rest what follows FROM
 */
export async function lakeRows(
  lake: string,
  table: string,
  select = '*',
  rest = 'ORDER BY ALL',
): Promise<string[]> {
  const from = 'read_parquet(FILES, hive_partitioning = false, union_by_name = true)';
  const rows = await queryFiles(`SELECT ${select} FROM ${from} ${rest}`, join(lake, table));
  return rows.map((row) => Object.values(row).map(String).join(' '));
}
