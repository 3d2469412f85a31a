import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { HeadwaterError, isHeadwaterError, type TableSchema } from '@headwater/core';
import {
  assertFilesWritable,
  type DataFile,
  headwaterVersion,
  isKeyAcrossFolders,
  type LakeState,
  type Manifest,
  type ManifestListing,
  type ManifestLookup,
  manifestSchemaOf,
  readDamagedLake,
  readLakeState,
} from '@headwater/core/internal';
import type { LakeStore, StoredFile } from '@headwater/storage';
import { measuredRun } from '../telemetry/measured-run.ts';
import { assertWriteOptions } from './assert-write-options.ts';
import { overtaken } from './commit-manifest.ts';
import { lakeErrorFrom } from './file-error.ts';
import { guardCallback } from './guard-callback.ts';
import { takeLakeLock } from './lake-lock.ts';
import { stagingFolder } from './lake-paths.ts';
import { assertNoneLost } from './remove-leftovers.ts';
import type { StoreTraffic } from './store-traffic.ts';
import { openWritableLake, type WritableLake } from './writable-lake.ts';
import type { WriteOptions } from './write-options.ts';
import type { WrittenFile } from './written-file.ts';

/** The context of a writing operation: the lock is held, leftovers are removed, a staging folder exists. */
export interface WriteRun {
  readonly id: string;
  readonly schema: TableSchema;
  readonly options: WriteOptions;
  /** The table as it was when the run began. */
  readonly state: LakeState;
  /** Ids of changes that this run allows and that were not allowed before. */
  readonly allowed: readonly string[];
  readonly startedAt: Date;
  /** Leftovers of dead runs that were removed before this one began, as paths below the lake. */
  readonly removedLeftovers: readonly string[];
  /** Data files whose manifest was lost; only a repair runs when there are any. */
  readonly lost: readonly StoredFile[];
  readonly store: LakeStore;
  /** Absolute path of a file in the run's staging folder. */
  staged(name: string): string;
  /** Where a committed file is on this machine, once it was fetched. */
  localPath(file: DataFile): string;
  /** Gives the path on this machine of a file that is not committed; it is downloaded to `to` if it is on S3. */
  localCopy(file: StoredFile, to: string): Promise<string>;
  /** Downloads the committed files that are not on this machine. */
  fetch(files: readonly DataFile[]): Promise<void>;
  /** Removes downloaded files above the size that is kept on this machine. */
  trimCache(): Promise<void>;
  /** Removes every downloaded file but those of `files` from this machine. @returns the number of removed files */
  keepCached(files: readonly DataFile[]): Promise<number>;
  /** What the operation moved and asked of a lake on S3 so far, with attempts that others overtook. Null for a folder. */
  traffic(): StoreTraffic | null;
  /** Moves the written files into the lake and commits. */
  commit(parts: CommitParts): Promise<void>;
}

/** The parts of a manifest that differ between operations. */
export type CommitParts = Pick<
  Manifest,
  | 'operation'
  | 'inputs'
  | 'rowsIn'
  | 'rowsOut'
  | 'duplicates'
  | 'quarantined'
  | 'reasons'
  | 'removed'
  | 'quarantineRemoved'
> & {
  readonly added: readonly WrittenFile[];
  readonly quarantineAdded: readonly WrittenFile[];
  /** Files that are in their places already, for a repair to list. */
  readonly adopted?: readonly DataFile[];
  readonly quarantineAdopted?: readonly DataFile[];
  /** Rows that the conditions of a source left out. */
  readonly filtered?: number;
  /** Bad values that became null, by column and code. */
  readonly nulled?: readonly { readonly column: string; readonly code: string; readonly rows: number }[];
  /** The lookups of the rows. */
  readonly lookups?: readonly ManifestLookup[];
  /** The places on S3 that were listed for the inputs. */
  readonly listings?: readonly ManifestListing[];
  /** Rows that the commit removes from the quarantine for good. */
  readonly discarded?: number;
  /** Rows that the commit removes from the lake for good. */
  readonly erased?: number;
  /** Hashes of inputs that may be loaded again. */
  readonly forgotten?: readonly string[];
  /** Whether the commit makes up for lost ones whose inputs are not known. */
  readonly inputsUnknown?: boolean;
};

/** What an operation is called, and whether it can be repeated from the start. */
export interface Operation {
  /** Follows the words `Stopped during`. */
  readonly during: string;
  /** False when an input can be read only once. */
  readonly isRepeatable: boolean;
  /** True when nothing is committed and nothing below the lake may change. */
  readonly isDryRun?: boolean;
  /** True when the operation runs although a manifest was lost. */
  readonly isRepair?: boolean;
}

/** Seconds to wait for another run on the same table. */
const defaultLockTimeout = 60;

/** How often an operation on a shared lake is tried, when commits by others conflict with it. */
const operationAttempts = 4;

/** Ids that sort by time, to the millisecond: two runs of one second are listed in the order in which they ran. */
function newRunId(now: Date): string {
  return `${now.toISOString().slice(0, 23).replace(/[-:.]/g, '').replace('T', '-')}-${randomUUID().slice(0, 8)}`;
}

/**
 * Runs a writing operation: takes the lock and removes the leftovers of dead runs. Whatever happens, the lake is either as
 * it was or as the commit says. On a shared lake, an operation that conflicts with another machine's commit is repeated on
 * the lake as it is then. A dry run takes no lock on a folder and changes nothing below the lake.
 *
 * @throws HeadwaterError `LAKE_*`, `OPTION_INVALID`, `MEMORY_EXCEEDED`, `CALLBACK_FAILED`, `INTERRUPTED`
 */
export const withWriteRun = <Result>(
  options: WriteOptions,
  operation: Operation,
  operate: (run: WriteRun) => Promise<Result>,
): Promise<Result> =>
  measuredRun(
    {
      table: options.table.schema.name,
      operation: operation.during.replace('the ', ''),
      isDryRun: operation.isDryRun ?? false,
    },
    () => writeRun(options, operation, operate),
  );

async function writeRun<Result>(
  options: WriteOptions,
  operation: Operation,
  operate: (run: WriteRun) => Promise<Result>,
): Promise<Result> {
  const { table, signal } = options;
  const { during, isRepeatable, isDryRun = false } = operation;
  assertWriteOptions(options);
  let workFolder = options.lake;
  try {
    signal?.throwIfAborted();
    await using lake = await openWritableLake(options, isDryRun);
    workFolder = lake.work.location;
    const attempts = (lake.isShared || isDryRun) && isRepeatable ? operationAttempts : 1;
    const wait = options.lockTimeoutSeconds ?? defaultLockTimeout;
    const lock = lake.isLocked
      ? await takeLakeLock(lake.work, options.lake, table.schema.name, wait, signal)
      : undefined;
    try {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await runOnce(lake, options, operation, operate);
        } catch (error) {
          if (attempt === attempts || !isHeadwaterError(error, 'LAKE_BUSY')) throw error;
        }
      }
    } finally {
      lock?.release();
    }
  } catch (error) {
    if (signal?.aborted && !(error instanceof HeadwaterError))
      throw new HeadwaterError('INTERRUPTED', { during }, { cause: error });
    throw lakeErrorFrom(error, { lake: options.lake, workFolder, memoryLimit: options.memoryLimit, during });
  }
}

async function runOnce<Result>(
  lake: WritableLake,
  given: WriteOptions,
  operation: Operation,
  operate: (run: WriteRun) => Promise<Result>,
): Promise<Result> {
  const { schema } = given.table;
  const { store, work, localPath } = lake;
  let isCommitted = false;
  const onProgress = given.onProgress && guardCallback('onProgress', given.onProgress, () => isCommitted);
  const options = { ...given, onProgress };
  const state = operation.isRepair
    ? (await readDamagedLake(store, schema.name)).state
    : await readLakeState(store, schema.name);
  const allowed = assertFilesWritable(schema, state, options.lake, options.allow);
  const { paths: removedLeftovers, lost } = await lake.removeLeftovers(state);
  if (!operation.isRepair) assertNoneLost(options.lake, schema.name, lost);
  const startedAt = new Date();
  const id = newRunId(startedAt);
  const staged = (file = ''): string => work.path(`${stagingFolder(schema.name, id)}/${file}`);
  await mkdir(staged(), { recursive: true });
  const run = {
    id,
    schema,
    options,
    state,
    allowed,
    startedAt,
    removedLeftovers,
    lost,
    store,
    staged,
    localPath,
  };
  try {
    return await operate({
      ...run,
      trimCache: () => lake.trimCache(),
      keepCached: (files) => lake.keepCached(files),
      traffic: () => lake.traffic?.() ?? null,
      localCopy: (file, to) => lake.localCopy(file, to, options.signal),
      fetch: (files) => lake.fetch(files, options.signal),
      async commit(parts) {
        await commitRun(lake, run, parts);
        isCommitted = true;
      },
    });
  } catch (error) {
    const isExclusive = lake.isLocked && !lake.isShared;
    if (isExclusive || options.signal?.aborted || !mayBeMissingFile(error)) throw error;
    // Another run may have replaced the files that this one was reading.
    const now = await readLakeState(store, schema.name);
    throw now.sequence === state.sequence ? error : overtaken(store, schema.name, state.sequence + 1);
  } finally {
    await work.removeFolder(stagingFolder(schema.name));
  }
}

/** Whether an error may come from reading a file that is gone. Other errors have a cause of their own. */
const mayBeMissingFile = (error: unknown): boolean =>
  !(error instanceof HeadwaterError) ||
  isHeadwaterError(error, 'STORE_FAILED') ||
  isHeadwaterError(error, 'LAKE_CORRUPT');

/** Manifests name a reason by column and code. */
const nulledCounts = (nulled: NonNullable<CommitParts['nulled']>): Record<string, number> =>
  Object.fromEntries(nulled.map(({ column, code, rows }) => [`${column}:${code}`, rows]));

async function commitRun(
  lake: WritableLake,
  run: Omit<WriteRun, 'fetch' | 'trimCache' | 'keepCached' | 'traffic' | 'localCopy' | 'commit'>,
  {
    added,
    quarantineAdded,
    adopted = [],
    quarantineAdopted = [],
    forgotten = [],
    inputsUnknown = false,
    nulled = [],
    ...counts
  }: CommitParts,
): Promise<void> {
  const { id, schema, options, state, startedAt } = run;
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  let { allowed } = run;
  const totalBytes = [...added, ...quarantineAdded].reduce((sum, { file }) => sum + file.bytes, 0);
  let bytes = 0;
  await lake.commit({
    state,
    runId: id,
    added,
    quarantineAdded,
    signal,
    isWholeTable: isKeyAcrossFolders(schema),
    assertFits(present) {
      allowed = assertFilesWritable(schema, present, options.lake, options.allow);
    },
    onBytes(more) {
      bytes += more;
      const fraction = bytes / totalBytes;
      onProgress?.({ phase: 'upload', rows: counts.rowsOut, bytes, totalBytes, fraction });
    },
    manifest: (sequence, files, quarantineFiles) => ({
      version: 1,
      table: schema.name,
      sequence,
      runId: id,
      operation: counts.operation,
      startedAt: startedAt.toISOString(),
      seconds: (Date.now() - startedAt.getTime()) / 1000,
      headwater: headwaterVersion,
      schema: manifestSchemaOf(schema),
      ...(allowed.length > 0 ? { allowed: [...allowed] } : {}),
      inputs: counts.inputs,
      ...(counts.listings?.length ? { listings: [...counts.listings] } : {}),
      rowsIn: counts.rowsIn,
      rowsOut: counts.rowsOut,
      duplicates: counts.duplicates,
      quarantined: counts.quarantined,
      ...(counts.filtered ? { filtered: counts.filtered } : {}),
      reasons: counts.reasons,
      ...(nulled.length > 0 ? { nulled: nulledCounts(nulled) } : {}),
      ...(counts.lookups?.length ? { lookups: [...counts.lookups] } : {}),
      added: [...files, ...adopted],
      removed: counts.removed,
      quarantineAdded: [...quarantineFiles, ...quarantineAdopted],
      quarantineRemoved: counts.quarantineRemoved,
      ...(counts.discarded === undefined ? {} : { discarded: counts.discarded }),
      ...(counts.erased === undefined ? {} : { erased: counts.erased }),
      ...(forgotten.length > 0 ? { forgotten: [...forgotten] } : {}),
      ...(inputsUnknown ? { inputsUnknown } : {}),
    }),
  });
}
