import type * as QuickSight from '@aws-sdk/client-quicksight';
import type { QuickSightClient } from '@aws-sdk/client-quicksight';

/** The SDK, loaded by what publishes alone. */
export const sdk = (): Promise<typeof QuickSight> => import('@aws-sdk/client-quicksight');

/** Uses the caller's client, or creates one and destroys it afterwards. It repeats what is throttled, with longer and longer pauses. */
export async function withQuickSight<Result>(
  given: QuickSightClient | undefined,
  region: string,
  use: (client: QuickSightClient) => Promise<Result>,
): Promise<Result> {
  if (given) return use(given);
  const { QuickSightClient } = await sdk();
  // A dashboard is some thirty requests in a row, and the service allows few a second.
  const client = new QuickSightClient({ region, maxAttempts: 10, retryMode: 'adaptive' });
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}

/** The name of an error of the service. */
export const errorName = (error: unknown): string => (error instanceof Error ? error.name : '');

/** The result of a read, or undefined when there is no such thing. */
export async function orMissing<Result>(read: Promise<Result>): Promise<Result | undefined> {
  try {
    return await read;
  } catch (error) {
    if (errorName(error) === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}
