import { setTimeout as sleep } from 'node:timers/promises';
import { HeadwaterError } from '@headwater/core';
import type { PostgresSession } from './postgres-session.ts';

/**
 * Excludes other loads of the table by an advisory lock of the session, which ends with the session, however that ends
 * (https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS).
 *
 * @param target the table's name with its schema
 * @throws HeadwaterError `WAREHOUSE_BUSY`
 */
export async function takeLoadLock(
  { rows, server }: PostgresSession,
  target: string,
  waitSeconds: number,
  signal?: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + waitSeconds * 1000;
  for (;;) {
    const [row] = await rows(
      "SELECT pg_try_advisory_lock(hashtextextended('headwater load ' || $1, 0)) AS taken",
      [target],
    );
    if (row?.['taken'] === true) return;
    if (Date.now() >= deadline)
      throw new HeadwaterError('WAREHOUSE_BUSY', { target, server, waitedSeconds: waitSeconds });
    await sleep(Math.min(200, Math.max(1, deadline - Date.now())), undefined, signal ? { signal } : {});
  }
}
