import { resolve } from 'node:path';
import { type DataFile, quoteName, quotePath, quoteText } from '@headwater/core/internal';

/** Committed files as a relation in SQL, with what their folders say about their rows. */
export interface LakeFiles {
  /** The table function that reads them. */
  readonly from: string;
  /** The day of the folder, `dt=YYYY-MM-DD`. */
  readonly day: string;
  /** The hour of the folder inside it, `hour=HH`. */
  readonly hour: string;
}

/**
 * Reads committed files below `<root>/<folder>`. A condition on the day or the hour prunes files.
 *
 * @param columns names of columns in the files
 * @param options further options of `read_parquet`
 */
export function lakeFiles(
  root: string,
  folder: string,
  files: readonly Pick<DataFile, 'path'>[],
  columns: Iterable<string>,
  options: readonly string[] = [],
): LakeFiles {
  const paths = files.map((file) => quotePath(resolve(root, file.path)));
  const read = (settings: readonly string[]): string =>
    `read_parquet([${paths.join(', ')}], ${[...settings, ...options].join(', ')})`;
  if (hasOnlyOurFolders(root, files)) {
    const types = files.some(({ path }) => path.includes('/hour=')) ? 'dt: DATE, hour: INTEGER' : 'dt: DATE';
    return { from: read(['hive_partitioning = true', `hive_types = {${types}}`]), day: 'dt', hour: 'hour' };
  }
  const taken = new Set([...columns].map((name) => name.toLowerCase()));
  // DuckDB prunes by this very name alone; under another one it reads the footer of every file, and answers the same.
  let path = 'filename';
  while (taken.has(path)) path = `_${path}`;
  // The engine counts characters as code points.
  const day = [...`${resolve(root, folder)}/dt=`].length + 1;
  const hour = day + 'YYYY-MM-DD/hour='.length;
  return {
    from: read(['hive_partitioning = false', `filename = ${quoteText(path)}`]),
    day: `substring(${quoteName(path)}, ${day}, 10)::DATE`,
    hour: `substring(${quoteName(path)}, ${hour}, 2)::INTEGER`,
  };
}

/**
 * Whether DuckDB may take the `name=value` folders of the paths for columns, which it counts and groups by without reading
 * rows (https://duckdb.org/docs/stable/data/partitioning/hive_partitioning). It would take those above the lake as well, and
 * a column of the files that a folder is named after: then its values come from the folder, and `NULL` is a null.
 */
const hasOnlyOurFolders = (root: string, files: readonly Pick<DataFile, 'path'>[]): boolean =>
  !resolve(root).includes('=') &&
  files.every(({ path }) => /^[^/=]+\/dt=[^/=]+\/(hour=[^/=]+\/)?[^/=]+$/.test(path));
