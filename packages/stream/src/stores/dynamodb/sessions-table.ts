/** Names of the table's attributes and indexes. */
export const sessionsTableNames = {
  activeIndex: 'active-sessions',
  cartIndex: 'carts',
} as const;

/** What CreateTable of DynamoDB takes for the table of live stores. The SDK takes it as it is. */
export interface SessionsTableInput {
  readonly TableName: string;
  readonly BillingMode: 'PAY_PER_REQUEST';
  readonly AttributeDefinitions: { AttributeName: string; AttributeType: 'S' | 'N' }[];
  readonly KeySchema: { AttributeName: string; KeyType: 'HASH' | 'RANGE' }[];
  readonly GlobalSecondaryIndexes: {
    IndexName: string;
    KeySchema: { AttributeName: string; KeyType: 'HASH' | 'RANGE' }[];
    Projection: { ProjectionType: 'INCLUDE'; NonKeyAttributes: string[] };
  }[];
}

/**
 * The table of live stores: what CreateTable takes. It bills by request. Its indexes are sparse: only sessions have `active`, and only
 * those with a cart that was not bought have `cart`.
 *
 * Items (`STATE#session:…` and `STATE#loose:…` are states, others counts; `ttl` is in seconds since 1970):
 *
 * ```json
 * { "PK": "STATE#session:7f3", "SK": "STATE", "key": "7f3", "version": 4, "ttl": 1583193600,
 *   "log": "[[\"gR3…\",1582934400000,1,\"42\",\"1999\",\"501\"]]", "view": "{\"session\":\"7f3\",…}",
 *   "active": "ACTIVE#5", "cart": "CART#5", "at": 1582934400000, "left": 1999 }
 * { "PK": "STATE#session:501", "SK": "CART#1582930000000", "view": "{…}", "cart": "CART#2", "at": 1582931000000, "left": 500, "ttl": 1583193600 }
 * { "PK": "COUNTS#3#2020-02-29", "SK": "2020-02-29T00:05", "events": 12, "revenue": 4998, "ttl": 1585699500 }
 * { "PK": "SALES#3#2020-02-29", "SK": "2020-02-29T00:05", "n:42": 2, "r:42": 3998, "ttl": 1582941900 }
 * { "PK": "ALERT#clickstream#many-actions#actor#501", "SK": "INCIDENT", "body": "{…}", "view": "{…}", "active": "ALERTS#clickstream", "at": 1582934420000, "revision": 2, "ttl": 1583539200 }
 * ```
 *
 * @example await client.send(new CreateTableCommand(sessionsTable('shop-sessions')));
 */
export function sessionsTable(name: string): SessionsTableInput {
  const index = (IndexName: string, key: string): SessionsTableInput['GlobalSecondaryIndexes'][number] => ({
    IndexName,
    KeySchema: [
      { AttributeName: key, KeyType: 'HASH' },
      { AttributeName: 'at', KeyType: 'RANGE' },
    ],
    Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['view', 'left', 'ttl'] },
  });
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'PK', AttributeType: 'S' },
      { AttributeName: 'SK', AttributeType: 'S' },
      { AttributeName: 'active', AttributeType: 'S' },
      { AttributeName: 'cart', AttributeType: 'S' },
      { AttributeName: 'at', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'PK', KeyType: 'HASH' },
      { AttributeName: 'SK', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      index(sessionsTableNames.activeIndex, 'active'),
      index(sessionsTableNames.cartIndex, 'cart'),
    ],
  };
}

/** What UpdateTimeToLive takes for the table. DynamoDB deletes late, so stores compare `ttl` with the clock themselves. */
export const sessionsTableTtl = (name: string) => ({
  TableName: name,
  TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
});
