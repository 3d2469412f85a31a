import { isHeadwaterError, type TableSchema } from '@headwater/core';
import type { Lake } from '@headwater/queries';
import { askLakeHours } from '../live/ask-lake-hours.ts';
import { compareHours } from '../live/compare-hours.ts';
import type { LiveFeed } from '../live/live-feed.ts';
import { LiveHub } from '../live/live-hub.ts';

/** Seconds between two questions to a lake that costs nothing. */
const usualSeconds = 10;

/** What a hub is made from. */
interface LiveHubOptions {
  readonly lake: Lake;
  readonly schema: TableSchema;
  readonly live: LiveFeed;
  /** Seconds between two questions to the lake. */
  readonly compareSeconds?: number | undefined;
  readonly onError?: ((error: unknown, path: string) => void) | undefined;
}

/** The hub of a server: it asks the lake of the page for the hours of the stream. */
export function createLiveHub(options: LiveHubOptions): LiveHub {
  const { lake, schema, live, compareSeconds = usualSeconds, onError } = options;
  return new LiveHub({
    feed: live,
    compareSeconds,
    async compare(figures, signal) {
      const [first, last] = [figures.hours[0], figures.hours.at(-1)].map((one) => new Date(one?.hour ?? 0));
      const asked = new Date();
      const hours = { first: first ?? asked, last: last ?? asked };
      const found = await askLakeHours(lake, schema, hours, signal).catch((error: unknown) => {
        if (isHeadwaterError(error, 'LAKE_NOT_FOUND')) return new Map();
        throw error;
      });
      return compareHours(figures, found, asked);
    },
    onError: (error) => onError?.(error, '/api/live'),
  });
}
