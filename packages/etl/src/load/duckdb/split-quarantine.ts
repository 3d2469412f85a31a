import { type DataFile, quarantineName, quotePath, quoteText } from '@headwater/core/internal';
import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import type { SplitQuarantine } from '../load-engine.ts';
import type { DuckdbRun } from './duckdb-engine.ts';
import { writeFiles } from './write-files.ts';

/** The reasons of a row in the words of a load's report: `price:below_minimum`. */
const reasonsOfRow = `list_transform(reasons, lambda one: coalesce(one."column", 'line') || ':' || one.code)`;

/**
 * Writes the rows of quarantine files that stay when the rows with one reason, or all rows, are discarded. Files without a
 * discarded row stay as they are; the rows of the others stay in the folder of the day on which they were rejected.
 */
export async function splitQuarantine(
  { connection, schema, localPath, staged, fileBytes }: DuckdbRun,
  files: readonly DataFile[],
  reason: string | undefined,
): Promise<SplitQuarantine> {
  const isDiscarded = reason === undefined ? 'true' : `list_contains(${reasonsOfRow}, ${quoteText(reason)})`;
  const rowsIn = (some: readonly DataFile[]): string =>
    `read_parquet([${some.map((file) => quotePath(localPath(file))).join(', ')}], union_by_name = true, hive_partitioning = false)`;
  const removed: DataFile[] = [];
  const reasons = new Map<string, number>();
  const known = new Set<string>();
  let discarded = 0;
  for (const file of files) {
    const counts = await rowsOf(
      connection,
      `SELECT reason, count(*) FILTER (gone) AS rows
       FROM (SELECT ${isDiscarded} AS gone, unnest(${reasonsOfRow}) AS reason FROM ${rowsIn([file])}) GROUP BY 1`,
    );
    for (const row of counts) {
      const name = String(row['reason']);
      known.add(name);
      const rows = countOf(row['rows']);
      if (rows > 0) reasons.set(name, (reasons.get(name) ?? 0) + rows);
    }
    const [gone] = await rowsOf(
      connection,
      `SELECT count(*) FILTER (${isDiscarded}) AS rows FROM ${rowsIn([file])}`,
    );
    if (countOf(gone?.['rows']) === 0) continue;
    removed.push(file);
    discarded += countOf(gone?.['rows']);
  }
  const written = [];
  for (const [day, some] of Map.groupBy(removed, (file) => file.day))
    written.push(
      ...(await writeFiles(
        connection,
        `SELECT * FROM ${rowsIn(some)} WHERE NOT ${isDiscarded} ORDER BY run_id, source, line, raw`,
        fileBytes,
        {
          stagedPath: staged(`quarantine-${day}.parquet`),
          folder: `${quarantineName(schema.name)}/dt=${day}`,
          day,
        },
      )),
    );
  return {
    files: written,
    removed: removed.map(({ path }) => path),
    discarded,
    reasons: Object.fromEntries([...reasons].sort(([, a], [, b]) => b - a)),
    known: [...known].sort(),
  };
}
