import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { amountText } from '../../sessions/event-amount.ts';
import type { SessionRules } from '../../sessions/session-rules.ts';
import type { Carts } from '../../sessions/session-store.ts';
import { queryItems } from './query-items.ts';
import { sessionsTableNames } from './sessions-table.ts';
import { type Item, indexParts, isExpired, sessionOfView, stateSortKey } from './state-item.ts';

/** What is listed: sessions of an index whose last event is in a range, in milliseconds since 1970. */
interface Listed {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly index: string;
  readonly from: number;
  readonly to: number;
  readonly now: number;
  /** Whether only the latest session of each key is listed. An earlier one does not go on, whatever its events say of the clock. */
  readonly latestOnly: boolean;
  readonly limit: number;
}

interface Entry {
  readonly at: number;
  readonly view: string;
}

/** Counts the sessions of an index, adds up what is in their carts, and lists the latest. Reads all parts of the index. */
export async function listSessions(rules: SessionRules, listed: Listed): Promise<Carts> {
  let [count, left] = [0, 0n];
  let latest: Entry[] = [];
  await eachSession(listed, (item) => {
    count += 1;
    left += BigInt(item['left']?.N ?? 0);
    latest.push({ at: Number(item['at']?.N), view: item['view']?.S ?? '' });
    // Only the latest ones stay in memory.
    if (latest.length > 2 * listed.limit + 1000) latest = firstOf(latest, listed.limit);
  });
  return {
    count,
    value: rules.hasAmounts ? amountText(left, rules.scale) : null,
    sessions: firstOf(latest, listed.limit).map(({ view }) => sessionOfView(view)),
  };
}

/** The distinct actors of the sessions of an index. Reads all parts of the index. */
export async function countActors(listed: Omit<Listed, 'limit'>): Promise<number> {
  const actors = new Set<string>();
  await eachSession(listed, (item) => {
    const { actor } = sessionOfView(item['view']?.S ?? '');
    if (actor !== null) actors.add(actor);
  });
  return actors.size;
}

/** The time of the newest session of an index, in milliseconds since 1970; undefined without one. Reads an item of each part. */
export async function newestTime(listed: Omit<Listed, 'limit'>): Promise<number | undefined> {
  let newest: number | undefined;
  await eachSession(
    listed,
    (item) => {
      newest = Math.max(newest ?? Number.NEGATIVE_INFINITY, Number(item['at']?.N));
    },
    1,
  );
  return newest;
}

/**
 * Reads the sessions of an index, the latest ones of each part first.
 *
 * @param most how many of each part are taken; all by default
 */
async function eachSession(
  listed: Omit<Listed, 'limit'>,
  take: (item: Item) => void,
  most = Number.POSITIVE_INFINITY,
): Promise<void> {
  const key = listed.index === sessionsTableNames.activeIndex ? 'active' : 'cart';
  await Promise.all(
    Array.from({ length: indexParts }, async (_, part) => {
      const query = {
        TableName: listed.table,
        IndexName: listed.index,
        KeyConditionExpression: '#key = :part AND #at BETWEEN :from AND :to',
        ExpressionAttributeNames: { '#key': key, '#at': 'at' },
        ExpressionAttributeValues: {
          ':part': { S: `${key.toUpperCase()}#${part}` },
          ':from': { N: String(listed.from) },
          ':to': { N: String(listed.to) },
        },
        ScanIndexForward: false,
        ...(Number.isFinite(most) ? { Limit: most } : {}),
      };
      let taken = 0;
      for await (const item of queryItems(listed.client, query)) {
        if (isExpired(item, listed.now) || (listed.latestOnly && item['SK']?.S !== stateSortKey)) continue;
        take(item);
        taken += 1;
        if (taken === most) break;
      }
    }),
  );
}

/** The latest first; of one instant by what they show. */
const firstOf = (entries: readonly Entry[], limit: number): Entry[] =>
  [...entries].sort((one, other) => other.at - one.at || (one.view < other.view ? -1 : 1)).slice(0, limit);
