import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { HeadwaterError } from '@headwater/core';
import { manifestFolder } from '@headwater/core/internal';
import type { FolderStore } from '@headwater/storage';
import { lockFile } from './lake-paths.ts';

/** Holds the table's write lock until released. */
export interface LakeLock {
  release(): void;
}

const heldHere = new Set<string>();

/** The engine's words for a lock file that a full disk or a power cut left incomplete, or that another version wrote. */
const unreadable =
  /could not read enough bytes|not a valid duckdb|corrupt|checksum|serialization|version number/i;

/**
 * Takes the write lock of one table of a lake. The lock is the operating system's lock on a database file that the
 * engine opens (https://duckdb.org/docs/stable/connect/concurrency). The system releases it when the process ends, however it
 * ends, so a lock is never stale.
 *
 * @param work the lake's folder, or the folder of this machine that a run on S3 works in
 * @param location the lake's address, for the message
 * @param waitSeconds how long to wait for another run; with 0 it fails at once
 * @throws HeadwaterError `LAKE_BUSY`, naming the process that holds it
 */
export async function takeLakeLock(
  work: FolderStore,
  location: string,
  table: string,
  waitSeconds: number,
  signal?: AbortSignal,
): Promise<LakeLock> {
  await work.makeFolder(manifestFolder(table));
  const path = work.path(lockFile(table));
  const deadline = Date.now() + waitSeconds * 1000;
  for (;;) {
    const holder = heldHere.has(path) ? 'this process' : await tryLock(path);
    if (typeof holder === 'object') return holder;
    if (Date.now() >= deadline)
      throw new HeadwaterError('LAKE_BUSY', {
        lake: location,
        table,
        holder,
        waitedSeconds: waitSeconds,
      });
    await sleep(Math.min(200, Math.max(1, deadline - Date.now())), undefined, signal ? { signal } : {}).catch(
      (cause: unknown) => {
        throw new HeadwaterError('INTERRUPTED', { during: 'waiting for another run' }, { cause });
      },
    );
  }
}

async function tryLock(path: string): Promise<LakeLock | string> {
  heldHere.add(path);
  try {
    const instance = await DuckDBInstance.create(path, {
      autoinstall_known_extensions: 'false',
      threads: '1',
    });
    return {
      release() {
        instance.closeSync();
        heldHere.delete(path);
      },
    };
  } catch (error) {
    heldHere.delete(path);
    const message = error instanceof Error ? error.message : String(error);
    // Not `lock` alone: the name of the file contains it, and so does every message about the file.
    if (!/could not set lock/i.test(message)) {
      if (!unreadable.test(message)) throw error;
      // No process holds it, or the engine could not have read it; and it holds no data.
      await rm(path);
      return tryLock(path);
    }
    return /PID \d+/.exec(message)?.[0] ?? 'another process';
  }
}
