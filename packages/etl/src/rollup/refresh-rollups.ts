import { type EventsTable, HeadwaterError } from '@headwater/core';
import {
  daySources,
  headwaterVersion,
  lastRollups,
  manifestFolder,
  type RollupState,
  readLakeState,
  readRollups,
  rollupStatePath,
  rollupsOf,
  type StoredRollup,
  validEntries,
} from '@headwater/core/internal';
import { type FolderStore, openLakeStore } from '@headwater/storage';
import { takeLakeLock } from '../lake/lake-lock.ts';
import { daysWithEvents, type EventDays } from './event-days.ts';
import { removeUnlisted } from './remove-unlisted.ts';
import { type RollupReport, type RollupStatus, rollupStatus, unwrittenStatus } from './rollup-report.ts';
import type { AnswerWriter, RollupSource } from './rollup-source.ts';
import { type DayWritten, type RefreshedRollup, refreshRollup } from './write-days.ts';

/** What a refresh of rollups needs. */
export interface RollupOptions {
  readonly table: EventsTable;
  /** The lake's folder. */
  readonly lake: string;
  /** The rollups of the table that there are to be. Others are removed. */
  readonly rollups: readonly RollupSource[];
  /** Whether those that were measured and not kept are measured again. Defaults to false. */
  readonly measuresAgain?: boolean | undefined;
  /** How many events a group must have on average for a rollup to be kept. Defaults to 10. */
  readonly eventsPerGroup?: number | undefined;
  /** Opens what runs the queries over the newest commit: `openRollupWriter` of `@headwater/queries/duckdb`. */
  open(): Promise<AnswerWriter>;
  /** Seconds to wait for another refresh of the same table. Defaults to 60. */
  readonly lockTimeoutSeconds?: number | undefined;
  /** Called for each day that was written, and before the commit. */
  readonly onProgress?: ((progress: DayWritten | { readonly phase: 'commit' }) => void) | undefined;
  /** Stops the refresh between two days; the rollups stay as they were. */
  readonly signal?: AbortSignal | undefined;
}

/** How many states stay: readers may have found the last one just before the next was written. */
const keptStates = 3;

/**
 * Brings the rollups of a table up to date: computes the days that have no entry, or whose files are no longer those that the entry is of,
 * and commits them in one step. What is not committed is not there: a refresh that dies leaves files that nobody reads, and the next one
 * removes them. It may run beside loads; an entry that a load has outdated meanwhile is not valid, and answers nothing.
 *
 * @throws HeadwaterError `LAKE_NOT_LOCAL` for a lake on S3, `LAKE_NOT_FOUND`, `LAKE_BUSY`, `INTERRUPTED`
 */
export async function refreshRollups(options: RollupOptions): Promise<RollupReport> {
  const started = performance.now();
  const { table, lake, rollups, signal, onProgress, eventsPerGroup } = options;
  const store = openLakeStore(lake);
  if (store.kind === 's3') throw new HeadwaterError('LAKE_NOT_LOCAL', { lake, engine: 'duckdb' });
  const folder = store as FolderStore;
  const lock = await takeLakeLock(
    folder,
    lake,
    rollupsOf(table.name),
    options.lockTimeoutSeconds ?? 60,
    signal,
  );
  try {
    const [state, sequence] = [await readRollups(store, table.name), await lastRollups(store, table.name)];
    const removed = await removeUnlisted(folder, table.name, state);
    const writer = await options.open();
    try {
      const days = daysWithEvents(writer.files, table.schema.zone);
      const context = { store: folder, table: table.name, writer, days, signal, onProgress, eventsPerGroup };
      const refreshed: RefreshedRollup[] = [];
      for (const source of rollups)
        refreshed.push(await refreshRollup(context, source, formerOf(state, source), options.measuresAgain));
      const next = refreshed.map(({ rollup }) => rollup);
      const isSame = JSON.stringify(next) === JSON.stringify(state?.rollups ?? []);
      onProgress?.({ phase: 'commit' });
      signal?.throwIfAborted();
      const committed = isSame ? sequence : await commit(folder, table.name, sequence, state, next);
      return {
        lake,
        sequence: committed,
        rollups: refreshed.map((one) => statusOf(one, days)),
        removedFiles: removed.length,
        seconds: (performance.now() - started) / 1000,
      };
    } finally {
      writer.close();
    }
  } catch (error) {
    if (signal?.aborted && !(error instanceof HeadwaterError))
      throw new HeadwaterError('INTERRUPTED', { during: 'the refresh of rollups' }, { cause: error });
    throw error;
  } finally {
    lock.release();
  }
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
}: Pick<RollupOptions, 'table' | 'lake' | 'rollups'>): Promise<RollupReport> {
  const started = performance.now();
  const store = openLakeStore(lake);
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
      return statusOf(
        { rollup: { ...former, entries: validEntries(former, sources) }, writtenDays: 0 },
        days,
      );
    }),
    removedFiles: 0,
    seconds: (performance.now() - started) / 1000,
  };
}

const statusOf = ({ rollup, writtenDays }: RefreshedRollup, days: EventDays): RollupStatus =>
  rollupStatus(rollup, days.all, new Set(rollup.entries.map(({ day }) => day)), writtenDays);

/** The rollup as it was, if its answers are still those of the metric. */
const formerOf = (state: RollupState | undefined, source: RollupSource): StoredRollup | undefined =>
  state?.rollups.find(
    ({ name, metricVersion, before, after }) =>
      name === source.name &&
      metricVersion === source.metricVersion &&
      before === source.before &&
      after === source.after,
  );

/** Creates the next state, which is the commit. Files that it no longer uses stay for readers until the next one. */
async function commit(
  store: FolderStore,
  table: string,
  sequence: number,
  former: RollupState | undefined,
  rollups: readonly StoredRollup[],
): Promise<number> {
  const used = new Set(rollups.flatMap(pathsOf));
  const state: RollupState = {
    version: 1,
    table,
    sequence: sequence + 1,
    headwater: headwaterVersion,
    writtenAt: new Date().toISOString(),
    rollups: [...rollups],
    retired: (former?.rollups ?? []).flatMap(pathsOf).filter((path) => !used.has(path)),
  };
  const path = rollupStatePath(table, state.sequence);
  if (!(await store.createText(path, `${JSON.stringify(state)}\n`)))
    throw new HeadwaterError('LAKE_BUSY', {
      lake: store.location,
      table,
      holder: `a refresh that committed ${path} first`,
      waitedSeconds: 0,
    });
  const old = Array.from({ length: Math.max(0, state.sequence - keptStates) }, (_, index) => index + 1);
  const names = new Set(await store.list(manifestFolder(rollupsOf(table))));
  const paths = old.map((number) => rollupStatePath(table, number));
  await store.remove(paths.filter((one) => names.has(one.slice(one.lastIndexOf('/') + 1))));
  return state.sequence;
}

const pathsOf = ({ entries }: StoredRollup): string[] => entries.flatMap(({ path }) => path ?? []);
