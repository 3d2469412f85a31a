import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { hasRole } from '@headwater/core/internal';
import { assertCapable, type Capability } from '../../sessions/capability.ts';
import { minuteOf } from '../../sessions/count-sink.ts';
import type { LiveSession } from '../../sessions/live-session.ts';
import { type MinuteTotals, shownMinutes } from '../../sessions/minute-totals.ts';
import type { DeliveredEvent, SessionRules } from '../../sessions/session-rules.ts';
import type {
  ActiveSessions,
  ApplyReport,
  Carts,
  ItemSales,
  ListOptions,
  LiveStore,
  MinuteCounts,
} from '../../sessions/session-store.ts';
import { listDefaults } from '../../sessions/session-store.ts';
import { salesOf } from '../../sessions/top-sales.ts';
import { applyDelivery } from './apply-delivery.ts';
import { addCounts, minuteText, partitionOf, salesOfItem } from './count-items.ts';
import type { DynamodbOptions, StoreOptions } from './dynamodb-options.ts';
import { countActors, listSessions, newestTime } from './list-sessions.ts';
import { queryItems } from './query-items.ts';
import { sessionsTableNames } from './sessions-table.ts';
import { type Item, isExpired, sessionOfView, statePartition, stateSortKey } from './state-item.ts';

/**
 * Makes a store in a table of DynamoDB. A delivery is one BatchGetItem for 100 sessions, and one TransactWriteItems for 40: the states
 * are written on condition that nobody else did, together with their counts, so an event counts once.
 *
 * @example
 * ```ts
 * const client = new DynamoDBClient({ requestHandler: new NodeHttpHandler() });
 * const store = createDynamodbStore(sessionRules(clickstream), { client, table: 'shop-sessions' });
 * const { failed } = await store.apply(delivered, new Date());
 * ```
 */
export function createDynamodbStore<Name extends Capability>(
  rules: SessionRules<Name>,
  options: DynamodbOptions,
): LiveStore<Name> {
  // It has every query; the type leaves out those that the table cannot answer.
  return new DynamodbStore(rules, options) as unknown as LiveStore<Name>;
}

/** The last events of sessions that are listed, in milliseconds since 1970. */
interface ListedRange {
  readonly from: number;
  readonly to: number;
  readonly latestOnly: boolean;
}

class DynamodbStore implements LiveStore {
  private readonly rules: SessionRules;
  private readonly options: StoreOptions;

  constructor(rules: SessionRules, options: DynamodbOptions) {
    this.rules = rules;
    this.options = { counterParts: 8, concurrency: 4, ...options };
  }

  apply(delivered: readonly DeliveredEvent[], now: Date): Promise<ApplyReport> {
    return applyDelivery(this.rules, this.options, delivered, now.getTime());
  }

  async session(session: string, now: Date): Promise<LiveSession | undefined> {
    assertCapable(this.rules.schema, 'sessions');
    const { client, table } = this.options;
    const { Item: item } = await client.send(
      new GetItemCommand({
        TableName: table,
        Key: { PK: { S: statePartition({ kind: 'session', text: session }) }, SK: { S: stateSortKey } },
        ProjectionExpression: '#view, #ttl',
        ExpressionAttributeNames: { '#view': 'view', '#ttl': 'ttl' },
        ConsistentRead: true,
      }),
    );
    const view = item?.['view']?.S;
    return item && view !== undefined && !isExpired(item, now.getTime()) ? sessionOfView(view) : undefined;
  }

  async activeSessions(now: Date, options: ListOptions = {}): Promise<ActiveSessions> {
    assertCapable(this.rules.schema, 'sessions');
    const { count, sessions } = await this.listed(
      sessionsTableNames.activeIndex,
      this.recent(now),
      now,
      options,
    );
    return { count, sessions };
  }

  async visitors(now: Date, seconds: number): Promise<number | null> {
    assertCapable(this.rules.schema, 'sessions');
    if (!hasRole(this.rules.schema, 'actor')) return null;
    const range = { ...this.recent(now), from: now.getTime() - seconds * 1000 + 1 };
    return countActors(this.active(range, now));
  }

  async newestEvent(until: Date): Promise<Date | undefined> {
    assertCapable(this.rules.schema, 'sessions');
    // What was seen is there, however old it is by the clock.
    const range = { from: 0, to: until.getTime(), latestOnly: true };
    const newest = await newestTime(this.active(range, new Date(0)));
    return newest === undefined ? undefined : new Date(newest);
  }

  async openCarts(now: Date, options: ListOptions = {}): Promise<Carts> {
    assertCapable(this.rules.schema, 'carts');
    return this.listed(sessionsTableNames.cartIndex, this.recent(now), now, options);
  }

  async abandonedCarts(since: Date, now: Date, options: ListOptions = {}): Promise<Carts> {
    assertCapable(this.rules.schema, 'carts');
    const { endsAfter } = this.rules;
    const range = { from: since.getTime() - endsAfter, to: now.getTime() - endsAfter - 1, latestOnly: false };
    return this.listed(sessionsTableNames.cartIndex, range, now, options);
  }

  async topItems(
    now: Date,
    options: Parameters<LiveStore['topItems']>[1] & object = {},
  ): Promise<readonly ItemSales[]> {
    assertCapable(this.rules.schema, 'sales');
    const { limit, minutes, by } = { ...listDefaults, minutes: 10, by: 'purchases' as const, ...options };
    const last = minuteOf(now.getTime());
    const items = await this.counters('SALES', last - Math.min(minutes, 60) + 1, last, now);
    return salesOf(this.rules, items.map(salesOfItem), by).slice(0, limit);
  }

  async minutes(
    { from, to }: { readonly from: Date; readonly to: Date },
    now: Date,
  ): Promise<readonly MinuteCounts[]> {
    const kept = minuteOf(now.getTime() - this.rules.countsRetention);
    const first = Math.max(Math.ceil(from.getTime() / 60_000), kept);
    const last = Math.min(Math.ceil(to.getTime() / 60_000) - 1, minuteOf(now.getTime()) + 1440);
    const sums = new Map<number, MinuteTotals>();
    for (const item of await this.counters('COUNTS', first, last, now)) addCounts(sums, item);
    return shownMinutes(this.rules, sums);
  }

  /** The times of the last events of sessions that go on. */
  private recent(now: Date) {
    return { from: now.getTime() - this.rules.endsAfter, to: Number.MAX_SAFE_INTEGER, latestOnly: true };
  }

  /** What is asked of the index of active sessions. */
  private active(range: ListedRange, now: Date) {
    const { client, table } = this.options;
    return { client, table, index: sessionsTableNames.activeIndex, ...range, now: now.getTime() };
  }

  private listed(
    index: string,
    range: ListedRange,
    now: Date,
    { limit = listDefaults.limit }: ListOptions,
  ): Promise<Carts> {
    const { client, table } = this.options;
    return listSessions(this.rules, { client, table, index, ...range, now: now.getTime(), limit });
  }

  /** The counters of some minutes, of all parts. */
  private async counters(kind: 'COUNTS' | 'SALES', first: number, last: number, now: Date): Promise<Item[]> {
    const { client, table, counterParts } = this.options;
    const days = Array.from(
      { length: Math.max(0, Math.floor(last / 1440) - Math.floor(first / 1440) + 1) },
      (_, day) => (Math.floor(first / 1440) + day) * 1440,
    );
    const found: Item[] = [];
    for (const day of days)
      await Promise.all(
        Array.from({ length: counterParts }, async (_, part) => {
          const query = {
            TableName: table,
            KeyConditionExpression: 'PK = :partition AND SK BETWEEN :first AND :last',
            ExpressionAttributeValues: {
              ':partition': { S: partitionOf(kind, part, day) },
              ':first': { S: minuteText(first) },
              ':last': { S: minuteText(last) },
            },
          };
          for await (const item of queryItems(client, query))
            if (!isExpired(item, now.getTime())) found.push(item);
        }),
      );
    return found;
  }
}
