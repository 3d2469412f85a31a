import { isHeadwaterError } from '@headwater/core';

/** Maximum attempts. Each commit that removes files while the query starts costs one. */
const attempts = 3;

/**
 * Runs a query, and runs it again when a commit, such as a compaction, removed a file before the query read it. The next
 * attempt reads the files of that commit.
 *
 * @param follows whether the next attempt sees a later commit
 */
export async function withPresentFiles<Answer>(
  follows: boolean,
  run: () => Promise<Answer>,
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (!isWorthAnother(error, follows, attempt)) throw error;
    }
  }
}

/** The same for a stream, which can only be restarted before its first part was read. */
export async function* streamPresentFiles<Part>(
  follows: boolean,
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
      if (isSeen || !isWorthAnother(error, follows, attempt)) throw error;
    }
  }
}

const isWorthAnother = (error: unknown, follows: boolean, attempt: number): boolean =>
  follows && attempt < attempts && isHeadwaterError(error, 'LAKE_CHANGED');
