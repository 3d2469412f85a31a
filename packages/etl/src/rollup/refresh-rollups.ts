import { randomUUID } from 'node:crypto';
import { type EventsTable, HeadwaterError } from '@headwater/core';
import {
  daySources,
  lastRollups,
  type RollupState,
  readLakeState,
  readRollups,
  rollupsOf,
  type StoredRollup,
  stagingPath,
  validEntries,
} from '@headwater/core/internal';
import { openLakeStore } from '@headwater/storage';
import { takeLakeLock } from '../lake/lake-lock.ts';
import { createAnswerWriters } from './answer-writers.ts';
import { commitRollups } from './commit-rollups.ts';
import { daysWithEvents, type EventDays } from './event-days.ts';
import { registeredRollups } from './registered-rollups.ts';
import { findRollupFiles, removeDead } from './remove-unlisted.ts';
import { openRollupPlace, type PlaceOptions } from './rollup-place.ts';
import { type RollupReport, type RollupStatus, rollupStatus, unwrittenStatus } from './rollup-report.ts';
import type { AnswerWriter, LakeSource, RollupCatalog, RollupSource } from './rollup-source.ts';
import { type DayWritten, type RefreshedRollup, refreshRollup } from './write-days.ts';

/** What a refresh of rollups needs. */
export interface RollupOptions extends PlaceOptions {
  readonly table: EventsTable;
  /** The lake's folder, or `s3://bucket/prefix`. */
  readonly lake: string;
  /** The rollups of the table that there are to be. Others are removed. */
  readonly rollups: readonly RollupSource[];
  /** Whether those that were measured and not kept are measured again. Defaults to false. */
  readonly measuresAgain?: boolean | undefined;
  /** How many events a group must have on average for a rollup to be kept. Defaults to 10. */
  readonly eventsPerGroup?: number | undefined;
  /**
   * Opens what runs the queries over a commit: `openRollupWriter` of `@headwater/queries/duckdb`.
   * @param source the commit, and its files on this machine; of a lake on S3 those of the days that are written next
   */
  open(source: LakeSource): Promise<AnswerWriter>;
  /** Whether {@link RollupOptions.open} reads files on this machine. Defaults to true; false for an engine that reads the lake on S3 itself. */
  readonly readsFiles?: boolean | undefined;
  /** Registers the rollups, so that Athena and Trino read them. Defaults to leaving the catalog as it is. */
  readonly catalog?: RollupCatalog | undefined;
  /** Seconds to wait for another refresh of the same table on this machine. Defaults to 60. */
  readonly lockTimeoutSeconds?: number | undefined;
  /** Seconds that replaced files stay on S3 for readers that found them before. Defaults to 3600. */
  readonly leftoverGraceSeconds?: number | undefined;
  /** Called for each day that was written, and before the commit. */
  readonly onProgress?: ((progress: DayWritten | { readonly phase: 'commit' }) => void) | undefined;
  /** Stops the refresh between two days; the rollups stay as they were. */
  readonly signal?: AbortSignal | undefined;
}

/** How often a refresh on S3 begins again, because another one committed first or a commit took away files that it read. */
const mostAttempts = 5;

/**
 * Brings the rollups of a table up to date: computes the days that have no entry, or whose files are no longer those that the entry is of,
 * and commits them in one step. What is not committed is not there: a refresh that dies leaves files that nobody reads, and the next one
 * removes them. It may run beside loads; an entry that a load has outdated meanwhile is not valid, and answers nothing.
 *
 * Of two refreshes of a lake on S3 one commits. The other begins again on what the first one wrote, and so finds little to do.
 *
 * @throws HeadwaterError `LAKE_NOT_FOUND`, `LAKE_BUSY`, `INTERRUPTED`
 */
export async function refreshRollups(options: RollupOptions): Promise<RollupReport> {
  const started = performance.now();
  const { table, signal } = options;
  const { work } = openRollupPlace(options, { table: table.name, sequence: 0, runId: '' });
  const lock = await takeLakeLock(
    work,
    options.lake,
    rollupsOf(table.name),
    options.lockTimeoutSeconds ?? 60,
    signal,
  );
  try {
    for (let attempt = 1; ; attempt += 1) {
      const done = await refreshOnce(options, attempt === mostAttempts);
      if (done) return { ...done, seconds: (performance.now() - started) / 1000 };
    }
  } catch (error) {
    if (signal?.aborted && !(error instanceof HeadwaterError))
      throw new HeadwaterError('INTERRUPTED', { during: 'the refresh of rollups' }, { cause: error });
    throw error;
  } finally {
    lock.release();
  }
}

/** @returns undefined when another writer changed what the refresh builds on; then it has to begin again */
async function refreshOnce(
  options: RollupOptions,
  isLast: boolean,
): Promise<Omit<RollupReport, 'seconds'> | undefined> {
  const { table, lake, rollups, signal, onProgress, eventsPerGroup, readsFiles = true } = options;
  const { name } = table;
  const store = openLakeStore(lake, { aws: options.aws });
  const lakeState = await readLakeState(store, name);
  if (lakeState.sequence === 0) throw new HeadwaterError('LAKE_NOT_FOUND', { lake, table: name });
  const [state, sequence] = [await readRollups(store, name), await lastRollups(store, name)];
  const place = openRollupPlace(options, { table: name, sequence: sequence + 1, runId: randomUUID() });
  const graceMs = (options.leftoverGraceSeconds ?? 3600) * 1000;
  const found = await findRollupFiles(store, name, { state, sequence, graceMs });
  await removeDead(store, place.work, name, found);
  const writers = createAnswerWriters(place, lakeState, {
    open: (source) => options.open(source),
    readsLake: readsFiles,
    signal,
  });
  const days = daysWithEvents(lakeState.files, table.schema.zone);
  const context = {
    ...{ place, table: name, files: lakeState.files, writers, present: found.present },
    ...{ days, signal, onProgress, eventsPerGroup },
  };
  const refreshed: RefreshedRollup[] = [];
  try {
    for (const source of rollups)
      refreshed.push(await refreshRollup(context, source, formerOf(state, source), options.measuresAgain));
  } catch (error) {
    // A compaction, an expiry or an erasure took away files that were to be read.
    if (isLast || signal?.aborted || (await readLakeState(store, name)).sequence === lakeState.sequence)
      throw error;
    return undefined;
  } finally {
    writers.close();
  }
  const next = await registeredRollups(
    refreshed.map(({ rollup }) => rollup),
    state,
    options.catalog,
  );
  const isSame = JSON.stringify(next) === JSON.stringify(state?.rollups ?? []);
  onProgress?.({ phase: 'commit' });
  signal?.throwIfAborted();
  if (!isSame && !(await commitRollups(store, name, { sequence, former: state, rollups: next }))) {
    if (isLast)
      throw new HeadwaterError('LAKE_BUSY', {
        ...{ lake, table: name, waitedSeconds: 0 },
        holder: 'other refreshes of its rollups, which committed first',
      });
    return undefined;
  }
  await place.work.removeFolder(stagingPath(rollupsOf(name)));
  return {
    lake,
    sequence: isSame ? sequence : sequence + 1,
    rollups: refreshed.map((one) => statusOf(one, days)),
    removedFiles: found.dead.length,
  };
}

/**
 * The rollups of a table as they are, without writing any.
 *
 * @throws HeadwaterError `LAKE_NOT_FOUND`, `LAKE_CORRUPT`
 */
export async function rollupsStatus({
  table,
  lake,
  rollups,
  aws,
}: Pick<RollupOptions, 'table' | 'lake' | 'rollups' | 'aws'>): Promise<RollupReport> {
  const started = performance.now();
  const store = openLakeStore(lake, { aws });
  const { files, sequence } = await readLakeState(store, table.name);
  if (sequence === 0) throw new HeadwaterError('LAKE_NOT_FOUND', { lake, table: table.name });
  const state = await readRollups(store, table.name);
  const days = daysWithEvents(files, table.schema.zone);
  const sources = daySources(files);
  return {
    lake,
    sequence: state?.sequence ?? 0,
    rollups: rollups.map((source) => {
      const former = formerOf(state, source);
      if (!former) return unwrittenStatus(source, days.all.length);
      const entries = validEntries(former, sources);
      const outdatedDays = former.entries.length - entries.length;
      return statusOf({ rollup: { ...former, entries }, writtenDays: 0 }, days, outdatedDays);
    }),
    removedFiles: 0,
    seconds: (performance.now() - started) / 1000,
  };
}

const statusOf = (
  { rollup, writtenDays }: RefreshedRollup,
  days: EventDays,
  outdatedDays = 0,
): RollupStatus =>
  rollupStatus(rollup, days.all, new Set(rollup.entries.map(({ day }) => day)), {
    writtenDays,
    outdatedDays,
  });

/** The rollup as it was, if its answers are still those of the metric. */
const formerOf = (state: RollupState | undefined, source: RollupSource): StoredRollup | undefined =>
  state?.rollups.find(
    ({ name, metricVersion, before, after }) =>
      name === source.name &&
      metricVersion === source.metricVersion &&
      before === source.before &&
      after === source.after,
  );
