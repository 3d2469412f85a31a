import { pause } from '@headwater/storage';

/** How often a table is read again when somebody else wrote it first. */
const mostAttempts = 10;
const pace = { first: 50, most: 2_000 };

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

/** Whether an error of Glue says that there is no such thing. */
export const isMissing = (error: unknown): boolean => nameOf(error) === 'EntityNotFoundException';

/** Whether an error of Glue says that it is there already. */
export const isThere = (error: unknown): boolean => nameOf(error) === 'AlreadyExistsException';

/** What a read gives, or undefined when there is no such thing. */
export async function orMissing<Result>(read: Promise<Result>): Promise<Result | undefined> {
  try {
    return await read;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Reads, decides and writes again for as long as others write in between, each time after a longer pause of chance
 * length, so that two publishers do not go on meeting.
 *
 * @param attempt has to read afresh: what it decided before no longer holds
 */
export async function whileOthersWrite(attempt: () => Promise<void>, signal?: AbortSignal): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      const isRaced = ['ConcurrentModificationException', 'AlreadyExistsException'].includes(nameOf(error));
      if (!isRaced || tried >= mostAttempts) throw error;
      await pause(pace, tried, signal);
    }
  }
}
