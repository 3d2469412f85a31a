import type { LiveFeed } from '@headwater/dashboard';
import type { OpenedLake } from '../config/open-lake.ts';

/** The word for a table of DynamoDB, in place of a file. */
export const dynamodbWord = 'dynamodb';

/** A stream that is followed. */
export interface LiveSource {
  readonly feed: LiveFeed;
  close(): void;
}

/**
 * Opens what `--live` names: a file that `headwater stream run --live` writes, or `dynamodb`, which may be followed by a colon and the
 * name of a table.
 *
 * @param onError called when it cannot be read
 */
export async function openLiveSource(
  given: string,
  { table, config }: Pick<OpenedLake, 'table' | 'config'>,
  onError: (error: unknown) => void,
): Promise<LiveSource> {
  const [, word, name] = /^(dynamodb)(?::(.+))?$/.exec(given) ?? [];
  // What a stream needs is loaded for those who follow one.
  if (word !== dynamodbWord) {
    const { liveFileFeed } = await import('../stream/page/live-file.ts');
    return { feed: liveFileFeed(given, table.name, onError), close: () => undefined };
  }
  const { openLiveTable } = await import('../stream/aws/live-table.ts');
  const { aws, stream } = config;
  return openLiveTable({ table, aws, name, sessions: stream?.sessions, onError });
}
