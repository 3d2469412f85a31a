import { appendFile, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { HeadwaterError } from '@headwater/core';
import type { LoadReport } from '@headwater/etl';
import type { LakeStore } from '@headwater/storage';
import type { StreamRecord } from '@headwater/stream';
import { openLanding, readArchiveState, writeArchiveState } from './archive-state.ts';
import { type ArchiveCounts, archivedInputs, countsOf, noCounts, sumCounts } from './archived-inputs.ts';
import { lockFolder } from './folder-lock.ts';
import { type LandedFile, type ShardPosition, shardStart } from './landed-file.ts';
import { readLanded } from './read-landed.ts';
import { createReplayCheck, type ReplayCheck } from './replay-check.ts';
import { createShardWriter, type ShardWriter } from './shard-writer.ts';

/** Where an archive loads, and how. */
export interface ArchiveOptions {
  readonly table: string;
  /** The lake as the user named it, and its store. */
  readonly lake: string;
  readonly store: LakeStore;
  /** The landing folder, absolute. It belongs to this input and this lake. */
  readonly folder: string;
  /** What is read, in words. */
  readonly input: string;
  /**
   * Whether the source begins anew after an interruption, and its records then have the same shards and sequence numbers. Those that an
   * earlier run archived are compared and skipped.
   */
  readonly isReplayed: boolean;
  /** Loads files into the lake, and accounts for every line. */
  readonly load: (files: readonly string[]) => Promise<LoadReport>;
  /** Seconds between loads. */
  readonly everySeconds: number;
  /** Bytes that may wait for a load; beyond them, writing waits as well. */
  readonly mostBytes: number;
  /** Seconds to wait for another process that has the folder. Defaults to none. */
  readonly lockTimeoutSeconds?: number | undefined;
  /** Ends that waiting. */
  readonly signal?: AbortSignal | undefined;
}

/** The consumer of a stream that fills a lake. */
export interface StreamArchive {
  /** Resolves when the records are in a file: the stream may then go on after them. */
  write(shard: string, records: readonly StreamRecord[]): Promise<void>;
  /** Loads what was written, and gives the counts of the lake for this input, those of interrupted runs included. */
  flush(): Promise<ArchiveCounts>;
  /** The counts as far as they are in the lake. */
  counts(): ArchiveCounts;
  /** Records that interrupted runs had archived, and how many of them came again in this one. */
  readonly before: number;
  known(): number;
  /** Records that this run wrote. */
  written(): number;
  /** Records in files that are not loaded yet. */
  waiting(): number;
  /** How many loads there were, and how many rejected rows by `column:code`. */
  readonly loads: number;
  readonly reasons: Readonly<Record<string, number>>;
  /** Quarantined records that earlier runs loaded. `reasons` does not have theirs. */
  readonly quarantinedBefore: number;
  /** Where to begin to read a shard that keeps its records: after this sequence number. Undefined: at its beginning. */
  after(shard: string): string | undefined;
  close(): Promise<void>;
}

/**
 * Opens the archive of a stream: records become lines of files, one file for each shard at a time, and the files are loaded into the lake
 * on a timer and at the end. Every record is in the lake once, also when the process is killed at any instant and run again:
 *
 * - a file gets its name, which says its first and last record, when it is complete; what was not complete is delivered again,
 * - a load commits all of its files or none, and the manifest lists them,
 * - then the positions of the shards are recorded, and then the files are removed.
 *
 * @throws HeadwaterError `STREAM_RESUME_CONFLICT` when an earlier run left something else; `LAKE_BUSY` when another process has the folder
 */
export async function openStreamArchive(options: ArchiveOptions): Promise<StreamArchive> {
  const { folder, store, table, isReplayed, everySeconds, mostBytes } = options;
  const { lockTimeoutSeconds = 0 } = options;
  const lock = await lockFolder(folder, lockTimeoutSeconds, options.signal);
  if ('holder' in lock)
    throw new HeadwaterError('LAKE_BUSY', {
      lake: options.lake,
      table,
      holder: `process ${lock.holder}`,
      waitedSeconds: lockTimeoutSeconds,
    });
  const found = await openLanding(folder);
  const archived = await archivedInputs(store, table, folder);
  // Whoever removed the lake wants all of it again.
  const recorded = archived.isEmpty ? new Map<string, ShardPosition>() : await readArchiveState(folder);
  const landed = await readLanded(found, recorded);
  const loaded = new Map(recorded);
  let counts = archived.counts;
  let waiting: LandedFile[] = [];
  for (const file of landed) {
    if (archived.names.has(basename(file.path))) loaded.set(file.shard, file.end);
    else waiting.push(file);
  }
  const done = landed.filter((file) => !waiting.includes(file));
  if (done.length > 0) {
    await writeArchiveState(folder, options.input, loaded);
    await removeAll(done);
  }

  const starts = new Map(loaded);
  for (const { shard, end } of waiting) starts.set(shard, end);
  const before = [...starts.values()].reduce((sum, { records }) => sum + records, 0);
  const writers = new Map<string, ShardWriter>();
  const checks = new Map<string, ReplayCheck>();
  if (isReplayed) for (const [shard, end] of starts) checks.set(shard, createReplayCheck(folder, shard, end));
  const reasons: Record<string, number> = {};
  let loads = 0;
  let appended = 0;
  let bytes = 0;
  let unloaded = waiting.reduce((sum, { records }) => sum + records, 0);

  // One at a time: a record is in one file only. Loads are apart, so that writing goes on meanwhile.
  const write = oneAtATime();
  const load = oneAtATime();
  let failure: { readonly cause: unknown } | undefined;

  const rotate = (): Promise<readonly LandedFile[]> =>
    write(async () => {
      for (const writer of writers.values()) {
        const file = await writer.complete();
        if (file) waiting.push(file);
      }
      const files = waiting;
      waiting = [];
      bytes = 0;
      return files;
    });

  const loadLanded = (): Promise<void> =>
    load(async () => {
      const files = await rotate();
      if (files.length === 0) return;
      let rest = files;
      try {
        for (; rest.length > 0; ) {
          const report = await options.load(rest.map(({ path }) => path));
          loads += 1;
          for (const [reason, rows] of Object.entries(report.reasons))
            reasons[reason] = (reasons[reason] ?? 0) + rows;
          counts = sumCounts(counts, accounted(rest, report));
          const skipped = new Set(report.inputs.flatMap(({ skipped, source }) => (skipped ? source : [])));
          rest = rest.filter(({ path }) => skipped.has(path));
          // The same records may come twice, and are then two inputs: a blank line is no row, and makes other bytes.
          for (const { path } of rest) await appendFile(path, '\n');
        }
      } catch (cause) {
        waiting.unshift(...rest);
        throw cause;
      }
      for (const { shard, end } of files) loaded.set(shard, end);
      await writeArchiveState(folder, options.input, loaded);
      await removeAll(files);
      unloaded -= files.reduce((sum, { records }) => sum + records, 0);
    });

  const timer = setInterval(() => {
    loadLanded().catch((cause: unknown) => {
      failure ??= { cause };
    });
  }, everySeconds * 1000).unref();
  const assertWorking = (): void => {
    if (failure) throw failure.cause;
  };

  return {
    before,
    known: () => [...checks.values()].reduce((sum, { known }) => sum + known, 0),
    written: () => appended,
    async write(shard, records) {
      assertWorking();
      await write(async () => {
        const check = checks.get(shard);
        if (check) for (const record of records) check.see(record);
        let writer = writers.get(shard);
        if (!writer) {
          writer = createShardWriter(folder, shard, starts.get(shard) ?? shardStart);
          writers.set(shard, writer);
        }
        const written = await writer.append(records);
        unloaded += written.records;
        appended += written.records;
        bytes += written.bytes;
      });
      if (bytes > mostBytes) await loadLanded();
    },
    async flush() {
      assertWorking();
      await loadLanded();
      return counts;
    },
    counts: () => counts,
    waiting: () => unloaded,
    get loads() {
      return loads;
    },
    reasons,
    quarantinedBefore: archived.counts.quarantined,
    after: (shard) => starts.get(shard)?.last,
    async close() {
      clearInterval(timer);
      await load(async () => undefined);
      for (const writer of writers.values()) await writer.close();
      await lock.release();
    },
  };
}

/** The counts of a load. Every line of every file has to be accounted for. */
function accounted(files: readonly LandedFile[], report: LoadReport): ArchiveCounts {
  const byPath = new Map(report.inputs.map((input) => [input.source, input]));
  const loaded = files.flatMap((file): readonly ArchiveCounts[] => {
    const input = byPath.get(file.path);
    if (input?.skipped) return [];
    const counts = input && countsOf(input);
    if (counts?.records !== file.records) {
      const { rowsOut = 0, duplicates = 0, quarantined = 0 } = input ?? {};
      throw new HeadwaterError('ACCOUNTING_MISMATCH', {
        ...{ file: file.path, rowsIn: file.records, rowsOut, duplicates, quarantined },
        filtered: input?.filtered ?? 0,
      });
    }
    return [counts];
  });
  return loaded.reduce(sumCounts, noCounts);
}

async function removeAll(files: readonly LandedFile[]): Promise<void> {
  for (const { path } of files) await rm(path, { force: true });
}

/** A queue of pieces of work. A piece that fails does not keep later ones from running. */
function oneAtATime(): <Value>(work: () => Promise<Value>) => Promise<Value> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}
