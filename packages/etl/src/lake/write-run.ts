import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { HeadwaterError, isHeadwaterError, type TableSchema } from '@headwater/core';
import {
  assertFilesWritable,
  type DataFile,
  headwaterVersion,
  type LakeState,
  type Manifest,
  manifestSchemaOf,
  readLakeState,
} from '@headwater/core/internal';
import { lakeErrorFrom } from './file-error.ts';
import { takeLakeLock } from './lake-lock.ts';
import { stagingFolder } from './lake-paths.ts';
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
  /** Absolute path of a file in the run's staging folder. */
  staged(name: string): string;
  /** Where a committed file is on this machine, once it was fetched. */
  localPath(file: DataFile): string;
  /** Downloads the committed files that are not on this machine. */
  fetch(files: readonly DataFile[]): Promise<void>;
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
> & { added: readonly WrittenFile[]; quarantineAdded: readonly WrittenFile[] };

/** What an operation is called, and whether it can be repeated from the start. */
export interface Operation {
  /** Follows the words `Stopped during`. */
  readonly during: string;
  /** False when an input can be read only once. */
  readonly isRepeatable: boolean;
}

/** How often an operation on a shared lake is tried, when commits by others conflict with it. */
const operationAttempts = 4;

/** Ids that sort by time, so that a listing reads in order. */
function newRunId(now: Date): string {
  return `${now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}-${randomUUID().slice(0, 8)}`;
}

/**
 * Runs a writing operation: takes the lock and removes what dead runs left. Whatever happens, the lake is either as it
 * was or as the commit says. On a shared lake, an operation that conflicts with another machine's commit is repeated on
 * the lake as it is then.
 */
export async function withWriteRun<Result>(
  options: WriteOptions,
  { during, isRepeatable }: Operation,
  operate: (run: WriteRun) => Promise<Result>,
): Promise<Result> {
  const { table, signal } = options;
  try {
    signal?.throwIfAborted();
    const lake = openWritableLake(options);
    const attempts = lake.isShared && isRepeatable ? operationAttempts : 1;
    const wait = options.lockTimeoutSeconds ?? 60;
    const lock = await takeLakeLock(lake.work, options.lake, table.schema.name, wait, signal);
    try {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await runOnce(lake, options, operate);
        } catch (error) {
          if (attempt === attempts || !isHeadwaterError(error, 'LAKE_BUSY')) throw error;
        }
      }
    } finally {
      lock.release();
    }
  } catch (error) {
    if (signal?.aborted && !(error instanceof HeadwaterError))
      throw new HeadwaterError('INTERRUPTED', { during }, { cause: error });
    throw lakeErrorFrom(error, options.lake, during);
  }
}

async function runOnce<Result>(
  lake: WritableLake,
  options: WriteOptions,
  operate: (run: WriteRun) => Promise<Result>,
): Promise<Result> {
  const { schema } = options.table;
  const { store, work, localPath } = lake;
  const state = await readLakeState(store, schema.name);
  const allowed = assertFilesWritable(schema, state, options.lake, options.allow);
  await lake.removeLeftovers(state);
  const startedAt = new Date();
  const id = newRunId(startedAt);
  const staged = (file = ''): string => work.path(`${stagingFolder(schema.name, id)}/${file}`);
  await mkdir(staged(), { recursive: true });
  const run = { id, schema, options, state, allowed, startedAt, staged, localPath };
  try {
    return await operate({
      ...run,
      fetch: (files) => lake.fetch(files, options.signal),
      commit: (parts) => commitRun(lake, run, parts),
    });
  } finally {
    await work.removeFolder(stagingFolder(schema.name));
  }
}

async function commitRun(
  lake: WritableLake,
  run: Omit<WriteRun, 'fetch' | 'commit'>,
  { added, quarantineAdded, ...counts }: CommitParts,
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
      rowsIn: counts.rowsIn,
      rowsOut: counts.rowsOut,
      duplicates: counts.duplicates,
      quarantined: counts.quarantined,
      reasons: counts.reasons,
      added: [...files],
      removed: counts.removed,
      quarantineAdded: [...quarantineFiles],
      quarantineRemoved: counts.quarantineRemoved,
    }),
  });
}
