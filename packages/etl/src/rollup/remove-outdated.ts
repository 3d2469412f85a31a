import {
  daySources,
  lastRollups,
  readLakeState,
  readRollups,
  rollupFolderPrefix,
  rollupsOf,
  validEntries,
} from '@headwater/core/internal';
import { openLakeStore } from '@headwater/storage';
import { takeLakeLock } from '../lake/lake-lock.ts';
import { commitRollups } from './commit-rollups.ts';
import { findRollupFiles, removeDead } from './remove-unlisted.ts';
import { openRollupPlace, type PlaceOptions } from './rollup-place.ts';

/** What was removed from the rollups of a table. */
export interface RemovedRollups {
  /** Entries of files that are no longer the lake's. Their days are computed from the events until the next refresh. */
  readonly entries: number;
  /** Files of entries, of these and of earlier ones. */
  readonly files: number;
  /** Files that a refresh on another machine put in place, and that it may yet commit. */
  readonly unsettled: readonly string[];
}

const none: RemovedRollups = { entries: 0, files: 0, unsettled: [] };
/** How often another refresh may commit first. */
const mostAttempts = 5;

/**
 * Removes the entries of rollups whose events an erasure or an expiry changed, and at once every file that no valid entry has: also those that
 * stay for readers otherwise. Such a reader computes its answer from the events.
 *
 * @throws HeadwaterError `LAKE_BUSY`
 */
export async function removeOutdated(
  options: PlaceOptions & { readonly signal?: AbortSignal | undefined },
  table: string,
): Promise<RemovedRollups> {
  const { lake, aws, lockTimeoutSeconds = 60, signal } = options;
  const store = openLakeStore(lake, { aws });
  const isEmpty =
    (await lastRollups(store, table)) === 0 && (await store.folders(rollupFolderPrefix(table))).length === 0;
  if (isEmpty) return none;
  const { work } = openRollupPlace(options, { table, sequence: 0, runId: '' });
  const lock = await takeLakeLock(work, lake, rollupsOf(table), lockTimeoutSeconds, signal);
  try {
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
      const { files } = await readLakeState(store, table);
      const [state, sequence] = [await readRollups(store, table), await lastRollups(store, table)];
      const sources = daySources(files);
      const rollups = (state?.rollups ?? []).map((one) => ({
        ...one,
        entries: validEntries(one, sources),
      }));
      const before = (state?.rollups ?? []).reduce((sum, { entries }) => sum + entries.length, 0);
      const entries = before - rollups.reduce((sum, one) => sum + one.entries.length, 0);
      if (entries > 0 && !(await commitRollups(store, table, { sequence, former: state, rollups }))) continue;
      const found = await findRollupFiles(store, table, {
        state: entries > 0 ? await readRollups(store, table) : state,
        sequence: entries > 0 ? sequence + 1 : sequence,
        graceMs: 0,
      });
      await removeDead(store, work, table, found);
      return { entries, files: found.dead.length, unsettled: found.pending };
    }
    return { ...none, unsettled: [`the rollups of ${table}: other refreshes committed meanwhile`] };
  } finally {
    lock.release();
  }
}
