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

/** What is said of a file that a full disk or a power cut left half made, or that another version wrote. */
const unreadable =
  /could not read enough bytes|not a valid duckdb|corrupt|checksum|serialization|version number/i;

/**
 * Takes the write lock of one table of a lake. The lock is the operating system's lock on a database file that the
 * engine opens (https://duckdb.org/docs/stable/connect/concurrency): it goes when its process goes, however it dies,
 * so there is no stale lock to break.
 *
 * @param work the lake's folder, or the folder of this machine that stands in for it
 * @param location the lake's address, for the message
 * @param waitSeconds how long to wait for another run; 0 refuses at once
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
    // Not `lock` alone: the file is named so, and stands in whatever is said of it.
    if (!/could not set lock/i.test(message)) {
      if (!unreadable.test(message)) throw error;
      // Nobody holds it, or it would not have been read; and it holds nothing.
      await rm(path);
      return tryLock(path);
    }
    return /PID \d+/.exec(message)?.[0] ?? 'another process';
  }
}
