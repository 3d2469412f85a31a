import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { KeyedEvents } from '../../sessions/group-by-key.ts';
import { backOff, type RetryOptions } from './retries.ts';
import { type Item, statePartition, stateSortKey } from './state-item.ts';

/** Keys of one BatchGetItem. */
const mostKeys = 100;

/**
 * Reads the items of states, as they are now. Keys that DynamoDB left undone are asked again.
 *
 * @returns the items by partition key; and the partition keys that were left undone to the end
 */
export async function readStates(
  client: DynamoDBClient,
  table: string,
  groups: readonly KeyedEvents[],
  retries: RetryOptions,
): Promise<{ readonly items: ReadonlyMap<string, Item>; readonly unread: ReadonlySet<string> }> {
  const items = new Map<string, Item>();
  let names = groups.map(({ key }) => statePartition(key));
  for (let attempt = 0; names.length > 0 && attempt < (retries.attempts ?? 8); attempt += 1) {
    if (attempt > 0) {
      retries.onRetry?.('unprocessed');
      await backOff(attempt, retries);
    }
    const left: string[] = [];
    for (let at = 0; at < names.length; at += mostKeys) {
      const some = names.slice(at, at + mostKeys);
      const keys = some.map((name): Item => ({ PK: { S: name }, SK: { S: stateSortKey } }));
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetItemCommand({ RequestItems: { [table]: { Keys: keys, ConsistentRead: true } } }),
      );
      for (const item of Responses?.[table] ?? []) items.set(item['PK']?.S ?? '', item);
      left.push(...(UnprocessedKeys?.[table]?.Keys ?? []).map((key) => key['PK']?.S ?? ''));
    }
    names = left;
  }
  return { items, unread: new Set(names) };
}
