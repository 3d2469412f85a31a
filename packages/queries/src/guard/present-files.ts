import { isHeadwaterError } from '@headwater/core';
import type { EngineTraits, Refresh } from '../session/lake-engine.ts';

/**
 * How often a query is run at most. Each commit that removes files while the query starts costs one attempt.
 *
 * @param reads where the engine finds rows. One that reads folders lists them anew with every run. Each of its runs may be charged, so
 *   it gets one more
 * @param refresh with `never`, another attempt would look for the same files
 */
export function attemptsOf(reads: EngineTraits['reads'], refresh: Refresh | undefined): number {
  if (reads !== 'manifests') return 2;
  return refresh === 'never' ? 1 : 3;
}

/**
 * Runs a query, and runs it again when a commit, such as a compaction, removed a file before the query read it. The next
 * attempt reads the files of that commit.
 *
 * @param attempts the maximum, from {@link attemptsOf}
 */
export async function withPresentFiles<Answer>(
  attempts: number,
  run: () => Promise<Answer>,
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (!isWorthAnother(error, attempts, attempt)) throw error;
    }
  }
}

/** The same for a stream, which can only be restarted before its first part was read. */
export async function* streamPresentFiles<Part>(
  attempts: number,
  begin: () => AsyncIterable<Part> | Promise<AsyncIterable<Part>>,
): AsyncIterableIterator<Part> {
  for (let attempt = 1; ; attempt += 1) {
    let isSeen = false;
    try {
      for await (const part of await begin()) {
        isSeen = true;
        yield part;
      }
      return;
    } catch (error) {
      if (isSeen || !isWorthAnother(error, attempts, attempt)) throw error;
    }
  }
}

const isWorthAnother = (error: unknown, attempts: number, attempt: number): boolean =>
  attempt < attempts && isHeadwaterError(error, 'LAKE_CHANGED');
