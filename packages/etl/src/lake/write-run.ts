import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { HeadwaterError, isHeadwaterError } from '@headwater/core';
import {
  type DataFile,
  headwaterVersion,
  type LakeState,
  type Manifest,
  manifestSchemaOf,
  readLakeState,
} from '@headwater/core/internal';
import { type DuckdbSession, openDuckdbSession } from '../engine/duckdb-session.ts';
import type { WrittenFile } from '../load/duckdb/write-file.ts';
import type { WriteOptions } from '../load/load-report.ts';
import { assertFilesFit } from './assert-files-fit.ts';
import { lakeErrorFrom } from './file-error.ts';
import { takeLakeLock } from './lake-lock.ts';
import { stagingFolder } from './lake-paths.ts';
import { type LakeTarget, openLakeTarget } from './lake-target.ts';

/** What a writing operation has at hand: the lock is held, leftovers are gone, an engine runs. */
export interface WriteRun {
  readonly id: string;
  readonly state: LakeState;
  readonly session: DuckdbSession;
  readonly startedAt: Date;
  /** Absolute path of a file in the run's staging folder. */
  staged(name: string): string;
  /** Where a committed file is on this machine, once it was fetched. */
  localPath(file: DataFile): string;
  /** Brings committed files to this machine, when they are not there. */
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

/** What is done, and whether it can be done again from the start. */
export interface Operation {
  /** In words that follow `Stopped during`. */
  readonly during: string;
  /** False when what it reads can be read once only. */
  readonly isRepeatable: boolean;
}

/** How often an operation on a shared lake is done, when others commit what touches it meanwhile. */
const operationAttempts = 4;

/** Ids that sort by time, so that a listing reads in order. */
function newRunId(now: Date): string {
  return `${now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}-${randomUUID().slice(0, 8)}`;
}

/**
 * Runs a writing operation: takes the lock, removes what a dead run left, opens an engine; whatever happens, the lake is
 * either as it was or as the commit says. On a shared lake, an operation that another machine's commit overtook is done
 * again on the lake as it is then.
 */
export async function withWriteRun<Result>(
  options: WriteOptions,
  { during, isRepeatable }: Operation,
  operate: (run: WriteRun) => Promise<Result>,
): Promise<Result> {
  const { table, signal } = options;
  try {
    signal?.throwIfAborted();
    const target = openLakeTarget(options);
    const attempts = target.isShared && isRepeatable ? operationAttempts : 1;
    const wait = options.lockTimeoutSeconds ?? 60;
    const lock = await takeLakeLock(target.work, options.lake, table.schema.name, wait, signal);
    try {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await runOnce(target, options, operate);
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
  target: LakeTarget,
  options: WriteOptions,
  operate: (run: WriteRun) => Promise<Result>,
): Promise<Result> {
  const { table, signal } = options;
  const { store, work, localPath } = target;
  const { name } = table.schema;
  const state = await readLakeState(store, name);
  assertFilesFit(options, state);
  await target.removeLeftovers(state);
  const startedAt = new Date();
  const id = newRunId(startedAt);
  const staged = (file: string): string => work.path(`${stagingFolder(name, id)}/${file}`);
  await mkdir(staged('spill'), { recursive: true });
  const session = await openDuckdbSession(staged('spill'), options);
  const stop = (): void => session.interrupt();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await operate({
      id,
      state,
      session,
      startedAt,
      staged,
      localPath,
      fetch: (files) => target.fetch(files, signal),
      commit: (parts) => commitRun(target, { id, state, startedAt }, options, parts),
    });
  } finally {
    signal?.removeEventListener('abort', stop);
    session.close();
    await work.removeFolder(stagingFolder(name));
  }
}

async function commitRun(
  target: LakeTarget,
  { id, state, startedAt }: Pick<WriteRun, 'id' | 'state' | 'startedAt'>,
  options: WriteOptions,
  { added, quarantineAdded, ...counts }: CommitParts,
): Promise<void> {
  const { table, signal, onProgress } = options;
  signal?.throwIfAborted();
  const { schema } = table;
  const totalBytes = [...added, ...quarantineAdded].reduce((sum, { file }) => sum + file.bytes, 0);
  let bytes = 0;
  await target.publish({
    state,
    runId: id,
    added,
    quarantineAdded,
    signal,
    assertFits: (present) => assertFilesFit(options, present),
    onBytes(more) {
      bytes += more;
      onProgress?.({
        phase: 'upload',
        rows: counts.rowsOut,
        bytes,
        totalBytes,
        fraction: bytes / totalBytes,
      });
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
