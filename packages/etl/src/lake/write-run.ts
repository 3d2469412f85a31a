import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import {
  HeadwaterError,
  type LakeState,
  type Manifest,
  readLakeState,
  schemaColumns,
  schemaFingerprint,
} from '@headwater/core';
import { createFolderStore, type FolderStore } from '@headwater/storage';
import { type DuckdbSession, openDuckdbSession } from '../engine/duckdb-session.ts';
import type { WriteOptions } from '../load/load-report.ts';
import type { WrittenFile } from '../load/write-file.ts';
import { assertFilesFit } from './assert-files-fit.ts';
import { commitManifest } from './commit-manifest.ts';
import { lakeErrorFrom } from './file-error.ts';
import { keepCheckpoint } from './keep-checkpoint.ts';
import { takeLakeLock } from './lake-lock.ts';
import { stagingFolder } from './lake-paths.ts';
import { removeLeftovers } from './remove-leftovers.ts';

/** The version that manifests name. */
export const headwaterVersion = '0.1.0';

/** What a writing operation has at hand: the lock is held, leftovers are gone, an engine runs. */
export interface WriteRun {
  readonly id: string;
  readonly lake: FolderStore;
  readonly state: LakeState;
  readonly session: DuckdbSession;
  readonly startedAt: Date;
  /** Absolute path of a file in the run's staging folder. */
  staged(name: string): string;
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

/** Ids that sort by time, so that a listing reads in order. */
function newRunId(now: Date): string {
  return `${now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}-${randomUUID().slice(0, 8)}`;
}

/**
 * Runs a writing operation: takes the lock, removes what a dead run left, opens an engine; whatever happens, the lake is
 * either as it was or as the commit says.
 */
export async function withWriteRun<Result>(
  options: WriteOptions,
  during: string,
  operate: (run: WriteRun) => Promise<Result>,
): Promise<Result> {
  const { table, signal } = options;
  const lake = createFolderStore(options.lake);
  const name = table.schema.name;
  let session: DuckdbSession | undefined;
  const stop = (): void => session?.interrupt();
  try {
    signal?.throwIfAborted();
    const lock = await takeLakeLock(lake, name, options.lockTimeoutSeconds ?? 60, signal);
    try {
      const state = await readLakeState(lake, name);
      assertFilesFit(options, state);
      await removeLeftovers(lake, state);
      const startedAt = new Date();
      const id = newRunId(startedAt);
      const folder = stagingFolder(name, id);
      await mkdir(lake.path(`${folder}/spill`), { recursive: true });
      session = await openDuckdbSession(lake.path(`${folder}/spill`), options);
      signal?.addEventListener('abort', stop, { once: true });
      const staged = (file: string): string => lake.path(`${folder}/${file}`);
      const commit = (parts: CommitParts): Promise<void> =>
        commitRun({ lake, state, id, startedAt }, options, parts);
      try {
        return await operate({ id, lake, state, session, startedAt, staged, commit });
      } finally {
        session.close();
        await lake.removeFolder(stagingFolder(name));
      }
    } finally {
      lock.release();
    }
  } catch (error) {
    if (signal?.aborted && !(error instanceof HeadwaterError))
      throw new HeadwaterError('INTERRUPTED', { during }, { cause: error });
    throw lakeErrorFrom(error, options.lake, during);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

async function commitRun(
  run: { lake: FolderStore; state: LakeState; id: string; startedAt: Date },
  { table, signal }: WriteOptions,
  parts: CommitParts,
): Promise<void> {
  signal?.throwIfAborted();
  const { lake, state } = run;
  const { schema } = table;
  for (const { stagedPath, file } of [...parts.added, ...parts.quarantineAdded]) {
    await lake.take(stagedPath, file.path);
  }
  const added = parts.added.map(({ file }) => file);
  const manifest: Manifest = {
    version: 1,
    table: schema.name,
    sequence: state.sequence + 1,
    runId: run.id,
    operation: parts.operation,
    startedAt: run.startedAt.toISOString(),
    seconds: (Date.now() - run.startedAt.getTime()) / 1000,
    headwater: headwaterVersion,
    schema: { fingerprint: schemaFingerprint(schema), columns: schemaColumns(schema) },
    inputs: parts.inputs,
    rowsIn: parts.rowsIn,
    rowsOut: parts.rowsOut,
    duplicates: parts.duplicates,
    quarantined: parts.quarantined,
    reasons: parts.reasons,
    added,
    removed: parts.removed,
    quarantineAdded: parts.quarantineAdded.map(({ file }) => file),
    quarantineRemoved: parts.quarantineRemoved,
  };
  await commitManifest(lake, manifest);
  const stillThere = new Set(added.map((file) => file.path));
  await keepCheckpoint(lake, state, manifest);
  await lake.remove([...parts.removed, ...parts.quarantineRemoved].filter((path) => !stillThere.has(path)));
}
