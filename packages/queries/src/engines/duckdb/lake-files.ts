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
 * Reads committed files below `<root>/<folder>`. The day and the hour come from the file's path at the place where the lake
 * has them: DuckDB's `hive_partitioning` takes every `name=value` of the path for a column, also above the lake, and such
 * a column hides the file's own. A condition on them prunes files all the same, as `filename` does
 * (https://duckdb.org/docs/stable/data/multiple_files/overview#filename).
 *
 * @param columns names of columns in the files, none of which may be the file's own name
 */
export function lakeFiles(
  root: string,
  folder: string,
  files: readonly DataFile[],
  columns: Iterable<string>,
  options: readonly string[] = [],
): LakeFiles {
  const paths = files.map((file) => quotePath(resolve(root, file.path)));
  const taken = new Set([...columns].map((name) => name.toLowerCase()));
  // DuckDB prunes by this very name alone; under another one every file's footer is read, and the answer is the same.
  let path = 'filename';
  while (taken.has(path)) path = `_${path}`;
  const settings = ['hive_partitioning = false', `filename = ${quoteText(path)}`, ...options];
  // The engine counts characters as code points.
  const day = [...`${resolve(root, folder)}/dt=`].length + 1;
  const hour = day + 'YYYY-MM-DD/hour='.length;
  return {
    from: `read_parquet([${paths.join(', ')}], ${settings.join(', ')})`,
    day: `substring(${quoteName(path)}, ${day}, 10)::DATE`,
    hour: `substring(${quoteName(path)}, ${hour}, 2)::INTEGER`,
  };
}
