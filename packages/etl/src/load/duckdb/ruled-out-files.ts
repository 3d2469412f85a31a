import { type DataFile, duckdbType, quotePath, quoteText } from '@headwater/core/internal';
import { rowsOf } from '../../engine/duckdb-session.ts';
import { actorValues, type EraserRun } from './actors-table.ts';
import { isStoredTyped } from './erase-rows.ts';

/**
 * Of files whose footers are on this machine, those that hold no row of the actors, because every row group's smallest and largest
 * actor leave them out. Only whole numbers are compared: the statistics of texts may be cut off. A file of an earlier definition is never
 * ruled out, nor is one without statistics.
 *
 * @param footers by file, the path of a local file that has its footer
 */
export async function ruledOutFiles(
  run: EraserRun,
  footers: ReadonlyMap<DataFile, string>,
): Promise<ReadonlySet<DataFile>> {
  const { schema, connection, actor } = run;
  const column = schema.columns[actor];
  if (!column || !['int32', 'int64'].includes(column.type.kind)) return new Set();
  const byPath = new Map<string, DataFile>();
  for (const [file, path] of footers) if (isStoredTyped(run, file)) byPath.set(path, file);
  if (byPath.size === 0) return new Set();
  const type = duckdbType(column.type);
  const found = await rowsOf(
    connection,
    `SELECT file_name FROM (
       SELECT file_name, TRY_CAST(stats_min_value AS ${type}) AS low, TRY_CAST(stats_max_value AS ${type}) AS high
       FROM parquet_metadata([${[...byPath.keys()].map(quotePath).join(', ')}]) WHERE path_in_schema = ${quoteText(column.name)})
     GROUP BY file_name
     HAVING bool_and(coalesce(len(list_filter(${actorValues(schema)}, lambda one: one BETWEEN low AND high)) = 0 AND low IS NOT NULL AND high IS NOT NULL, false))`,
  );
  return new Set(found.flatMap((row) => byPath.get(String(row['file_name'])) ?? []));
}
