import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { EventsTable } from '@headwater/core';
import { type AlertStore, type AlertStoreOptions, keptFor } from '../../alerts/alert-store.ts';
import type { Notice } from '../../alerts/incident.ts';
import { applyFinding, type IncidentItem, withoutTold } from '../../alerts/incident-item.ts';
import { mostRecent } from '../../alerts/incident-store.ts';
import type { StoredIncident } from '../../alerts/next-incident.ts';
import { type Claim, nextClaim } from '../../windows/once-store.ts';
import type { StoredSummary } from '../../windows/summary-store.ts';
import { alertKeys, type ItemKey } from './alert-keys.ts';
import { queryItems } from './query-items.ts';
import { backOff } from './retries.ts';
import { sessionsTableNames } from './sessions-table.ts';
import { type Item, isExpired, ttlOf } from './state-item.ts';

/** Where a store is. */
export interface DynamodbAlertStoreOptions extends AlertStoreOptions {
  readonly client: Pick<DynamoDBClient, 'send'>;
  /** The table of live stores: that of `sessionsTable`. */
  readonly table: string;
}

/** How often a write is tried that another writer came before. */
const attempts = 12;

/**
 * A store in a table of DynamoDB, for handlers in Lambda. Whatever depends on what is there is written on condition that it has
 * not changed since it was read, and else tried again. Items that have expired are not read, though DynamoDB removes them days
 * later.
 *
 * @param events the table of events whose alerts it keeps
 * @example createDynamodbAlertStore(clickstream, { client: new DynamoDBClient(), table: 'shop-sessions' })
 */
export function createDynamodbAlertStore(
  { name: events }: Pick<EventsTable, 'name'>,
  options: DynamodbAlertStoreOptions,
): AlertStore {
  const { client, table: TableName } = options;
  const kept = keptFor(options);
  const keptUntil = (now: Date) => ttlOf(now.getTime() + kept);

  async function read(Key: ItemKey): Promise<Item | undefined> {
    const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    return Item;
  }

  /** An incident is in the index of active sessions, in a part of its own, so that one query lists the latest. */
  const listedIncident = ({ stored }: IncidentItem): Item => ({
    active: alertKeys.list(events),
    at: { N: String(stored.toldAt) },
    view: { S: JSON.stringify(stored) },
  });

  /** Reads an item, and writes what follows from it unless another one did; then again. */
  async function change<Value, Result>(
    Key: ItemKey,
    now: Date,
    step: (before: Value | undefined) => { readonly after: Value | undefined; readonly result: Result },
    listed: (after: Value) => Item = () => ({}),
  ): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      const item = await read(Key);
      const before = bodyOf<Value>(item, now);
      const { after, result } = step(before);
      if (after === undefined || after === before) return result;
      const revision = Number(item?.['revision']?.N ?? 0);
      const command = new PutItemCommand({
        TableName,
        Item: {
          ...Key,
          body: { S: JSON.stringify(after) },
          revision: { N: String(revision + 1) },
          ...listed(after),
          ttl: keptUntil(now),
        },
        ...(item === undefined
          ? { ConditionExpression: 'attribute_not_exists(PK)' }
          : {
              ConditionExpression: 'revision = :revision',
              ExpressionAttributeValues: { ':revision': { N: String(revision) } },
            }),
      });
      try {
        await client.send(command);
        return result;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException) || attempt === attempts) throw error;
        await backOff(attempt, {});
      }
    }
  }

  return {
    apply: (finding, by) =>
      change<IncidentItem, readonly Notice[]>(
        alertKeys.incident(events, finding),
        by.now,
        (before) => {
          const { item, publish } = applyFinding(before, finding, by);
          return { after: item, result: publish };
        },
        listedIncident,
      ),
    markTold: (about, ids, now) =>
      change<IncidentItem, void>(
        alertKeys.incident(events, about),
        now,
        (before) => ({ after: before && withoutTold(before, ids), result: undefined }),
        listedIncident,
      ),
    async recent(now) {
      const told: StoredIncident[] = [];
      const items = queryItems(client, {
        TableName,
        IndexName: sessionsTableNames.activeIndex,
        KeyConditionExpression: '#key = :list',
        ExpressionAttributeNames: { '#key': 'active' },
        ExpressionAttributeValues: { ':list': alertKeys.list(events) },
        ScanIndexForward: false,
        Limit: mostRecent,
      });
      for await (const item of items) {
        const view = item['view']?.S;
        if (isLive(item, now) && view !== undefined) told.push(JSON.parse(view) as StoredIncident);
        if (told.length === mostRecent) break;
      }
      return told;
    },
    async latest(about, now) {
      const item = await read(alertKeys.incident(events, about));
      return bodyOf<IncidentItem>(item, now)?.stored;
    },
    async addShare(share, now) {
      const Key = alertKeys.share(events, share);
      const update = new UpdateItemCommand({
        TableName,
        Key,
        UpdateExpression: 'SET #count = :count, #ttl = :ttl',
        ConditionExpression: 'attribute_not_exists(PK) OR #count < :count',
        ExpressionAttributeNames: { '#count': 'count', '#ttl': 'ttl' },
        ExpressionAttributeValues: { ':count': { N: String(share.count) }, ':ttl': keptUntil(now) },
      });
      await client.send(update).catch(unlessRefused);
      return sumOfShares(Key, now);
    },
    async exchangeSummary(name, { shard, until, summary }, now) {
      const Key = alertKeys.summary(events, name, shard);
      const put = new PutItemCommand({
        TableName,
        Item: {
          ...Key,
          shard: { S: shard },
          until: { N: String(until) },
          at: { N: String(now.getTime()) },
          summary: { B: summary },
          ttl: keptUntil(now),
        },
        ConditionExpression: 'attribute_not_exists(PK) OR #until <= :until',
        ExpressionAttributeNames: { '#until': 'until' },
        ExpressionAttributeValues: { ':until': { N: String(until) } },
      });
      await client.send(put).catch(unlessRefused);
      const all: StoredSummary[] = [];
      for await (const item of partition(Key))
        if (isLive(item, now))
          all.push({
            shard: item['shard']?.S ?? '',
            until: Number(item['until']?.N),
            at: Number(item['at']?.N),
            summary: item['summary']?.B ?? new Uint8Array(),
          });
      return all;
    },
    async saveCarry(name, { window, state }, now) {
      const put = new PutItemCommand({
        TableName,
        Item: {
          ...alertKeys.carry(events, name),
          window: { N: String(window) },
          state: { B: state },
          ttl: keptUntil(now),
        },
        ConditionExpression: 'attribute_not_exists(PK) OR #window <= :window',
        ExpressionAttributeNames: { '#window': 'window' },
        ExpressionAttributeValues: { ':window': { N: String(window) } },
      });
      await client.send(put).catch(unlessRefused);
    },
    async loadCarry(name, now) {
      const item = await read(alertKeys.carry(events, name));
      if (!isLive(item, now)) return undefined;
      const state = item['state']?.B;
      return state && { window: Number(item['window']?.N), state };
    },
    claim: (id, by) =>
      change<Claim, boolean>(alertKeys.once(events, id), by.now, (before) => {
        const { claim, isClaimed } = nextClaim(before, by);
        return { after: claim, result: isClaimed };
      }),
    markPublished: (id, now) =>
      change<Claim, void>(alertKeys.once(events, id), now, (before) => ({
        after: before?.state === 'published' ? before : { state: 'published' },
        result: undefined,
      })),
  };

  /** The shares of a window are read after the own one was written, so the last writer sees them all. */
  async function sumOfShares(Key: ItemKey, now: Date): Promise<number> {
    let sum = 0;
    for await (const item of partition(Key)) if (isLive(item, now)) sum += Number(item['count']?.N ?? 0);
    return sum;
  }

  /** The items with the partition key of one. */
  function partition({ PK }: ItemKey): AsyncIterable<Item> {
    return queryItems(client, {
      TableName,
      KeyConditionExpression: 'PK = :pk',
      ExpressionAttributeValues: { ':pk': PK },
      ConsistentRead: true,
    });
  }
}

/** DynamoDB removes an expired item within days, so reads leave it out. */
const isLive = (item: Item | undefined, now: Date): item is Item =>
  item !== undefined && !isExpired(item, now.getTime());

/** What an item keeps as JSON; undefined for one that is not there, or has expired. */
const bodyOf = <Value>(item: Item | undefined, now: Date): Value | undefined =>
  isLive(item, now) ? (JSON.parse(item['body']?.S ?? 'null') as Value) : undefined;

/** A condition that does not hold says that what is there is newer. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
}
