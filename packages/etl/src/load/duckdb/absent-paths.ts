import type { DuckDBConnection } from '@duckdb/node-api';
import { type FileSchema, readPath } from '@headwater/core/internal';
import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import { stage } from './staging-table.ts';

/**
 * The columns with a path of which no row of an input has a value, accepted or not. A line of JSON may lack any member, so a path
 * that is wrong shows only when all rows were read. Lines that are broken as a whole say nothing about it.
 *
 * @param base the first row of the input in the staging table
 */
export async function absentPaths(
  connection: DuckDBConnection,
  { columns }: FileSchema,
  base: number,
): Promise<string[]> {
  const paths = columns.flatMap((column, index) => (readPath(column) ? [{ name: column.name, index }] : []));
  if (paths.length === 0) return [];
  const counts = paths.map(
    ({ index }) => `count(v${index}) + count(rejection[1].texts[${index + 1}]) AS values_${index}`,
  );
  const [found] = await rowsOf(
    connection,
    `SELECT ${counts.join(', ')}, count(*) FILTER (rejection IS NULL OR rejection[1].texts IS NOT NULL) AS read
     FROM ${stage} WHERE rowid >= ${base}`,
  );
  if (countOf(found?.['read']) === 0) return [];
  return paths.filter(({ index }) => countOf(found?.[`values_${index}`]) === 0).map(({ name }) => name);
}
