import { pause } from '@headwater/storage';

/** Maximum attempts to write a table that others write at the same time. */
const mostAttempts = 10;
const pace = { first: 50, most: 2_000 };

/** What Glue and DataBrew answer when another client was faster. */
const races = ['ConcurrentModificationException', 'AlreadyExistsException', 'ConflictException'];

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

/** Whether an error of Glue or DataBrew means that the object does not exist. */
export const isMissing = (error: unknown): boolean =>
  ['EntityNotFoundException', 'ResourceNotFoundException'].includes(nameOf(error));

/** Whether a Glue error means that the object exists already. */
export const isThere = (error: unknown): boolean => nameOf(error) === 'AlreadyExistsException';

/** The result of a read, or undefined when the object does not exist. */
export async function orMissing<Result>(read: Promise<Result>): Promise<Result | undefined> {
  try {
    return await read;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Retries while others write in between, after longer and longer pauses of random length, so that two publishers do not
 * collide again and again.
 *
 * @param attempt reads, decides and writes; every retry has to read again
 */
export async function whileOthersWrite(attempt: () => Promise<void>, signal?: AbortSignal): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!races.includes(nameOf(error)) || tried >= mostAttempts) throw error;
      await pause(pace, tried, signal);
    }
  }
}
