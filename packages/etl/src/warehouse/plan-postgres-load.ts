import type { TableSchema } from '@headwater/core';
import { type DataFile, isKeyAcrossFolders, type LakeState } from '@headwater/core/internal';
import type { LoadedFile } from './load-records.ts';

/** What one transaction does. */
export interface LoadStep {
  /** Days whose rows are deleted first, and the number of rows that are recorded for them. */
  readonly replaced: readonly string[];
  readonly rowsRemoved: number;
  /** Files that are copied: new ones, and all of a replaced day. */
  readonly files: readonly DataFile[];
}

/** Bytes of new files of a day that one transaction copies at most, where it may be split between files. */
const stepBytes = 64_000_000;

/**
 * What makes the table equal to the lake.
 *
 * Rows do not say which file they are of, so a day of which a file left the lake, by a compaction, an expiry, an erasure or a merge, is
 * replaced as a whole in one transaction. Other days only get files, those of one day in a transaction. Where the key lacks the time, an event may
 * move from one day to another; then one transaction does everything, or a reader would see it twice.
 *
 * @param loaded the files whose rows are in the table
 * @param stale paths of further files that lack the values of a new column
 */
export function planPostgresLoad(
  schema: TableSchema,
  state: LakeState,
  loaded: ReadonlyMap<string, LoadedFile>,
  stale: ReadonlySet<string> = new Set(),
): LoadStep[] {
  const present = new Set(state.files.map(({ path }) => path));
  const gone = [...loaded.values()].filter(
    ({ path, isStale }) => isStale || stale.has(path) || !present.has(path),
  );
  const replaced = new Set(gone.map(({ day }) => day));
  const rowsOn = new Map<string, number>();
  for (const { day, rows } of loaded.values()) rowsOn.set(day, (rowsOn.get(day) ?? 0) + rows);
  const replacing = (days: readonly string[], files: readonly DataFile[]): LoadStep => ({
    replaced: days,
    rowsRemoved: days.reduce((sum, day) => sum + (rowsOn.get(day) ?? 0), 0),
    files,
  });
  const fresh = state.files.filter(({ path, day }) => !loaded.has(path) && !replaced.has(day));
  const days = [...replaced].sort();
  if (days.length > 0 && isKeyAcrossFolders(schema)) {
    const files = state.files.filter(({ path, day }) => replaced.has(day) || !loaded.has(path));
    return [replacing(days, files)];
  }
  return [
    ...days.map((day) =>
      replacing(
        [day],
        state.files.filter((file) => file.day === day),
      ),
    ),
    ...batches(fresh).map((files) => replacing([], files)),
  ];
}

/** Files of one day together, so that readers see a day whole, but for a day of many bytes. */
function batches(files: readonly DataFile[]): DataFile[][] {
  const made: DataFile[][] = [];
  let [bytes, day] = [0, ''];
  for (const file of files) {
    if (day !== file.day || bytes + file.bytes > stepBytes) {
      made.push([]);
      [bytes, day] = [0, file.day];
    }
    made.at(-1)?.push(file);
    bytes += file.bytes;
  }
  return made;
}

/** What steps amount to. */
export interface LoadTally {
  readonly files: number;
  readonly rows: number;
  readonly daysReplaced: number;
  readonly rowsRemoved: number;
}

/** Adds steps up. */
export function tally(steps: readonly LoadStep[], before: LoadTally = emptyTally): LoadTally {
  return steps.reduce(
    (sum, { files, replaced, rowsRemoved }) => ({
      files: sum.files + files.length,
      rows: sum.rows + files.reduce((rows, file) => rows + file.rows, 0),
      daysReplaced: sum.daysReplaced + replaced.length,
      rowsRemoved: sum.rowsRemoved + rowsRemoved,
    }),
    before,
  );
}

const emptyTally: LoadTally = { files: 0, rows: 0, daysReplaced: 0, rowsRemoved: 0 };
