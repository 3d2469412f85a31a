import { type DynamoDBClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { Item } from './state-item.ts';

/** The items of a query, page by page. */
export async function* queryItems(
  client: Pick<DynamoDBClient, 'send'>,
  query: QueryCommandInput,
): AsyncIterable<Item> {
  let start: Item | undefined;
  do {
    const page = await client.send(
      new QueryCommand({ ...query, ...(start ? { ExclusiveStartKey: start } : {}) }),
    );
    yield* page.Items ?? [];
    start = page.LastEvaluatedKey;
  } while (start);
}
