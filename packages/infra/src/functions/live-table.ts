import { sessionsTable, sessionsTableTtl } from '@headwater/stream/bundle';
import { RemovalPolicy } from 'aws-cdk-lib';
import { type Attribute, AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';

type Keys = ReturnType<typeof sessionsTable>['KeySchema'];

/**
 * The DynamoDB table of live stores: keys, indexes and expiry are those of `sessionsTable`, which the stores are written for. It can be
 * restored to any second of 35 days, and stays when the stack is deleted.
 */
export function liveTable(scope: Construct, id: string, tableName: string): Table {
  const derived = sessionsTable(tableName);
  const types = new Map(
    derived.AttributeDefinitions.map(({ AttributeName, AttributeType: type }) => [AttributeName, type]),
  );
  const keyOf = (keys: Keys, kind: Keys[number]['KeyType']): Attribute => {
    const name = keys.find(({ KeyType }) => KeyType === kind)?.AttributeName ?? '';
    return { name, type: types.get(name) === 'N' ? AttributeType.NUMBER : AttributeType.STRING };
  };
  const keysOf = (keys: Keys) => ({ partitionKey: keyOf(keys, 'HASH'), sortKey: keyOf(keys, 'RANGE') });
  const table = new Table(scope, id, {
    tableName,
    ...keysOf(derived.KeySchema),
    billingMode: BillingMode.PAY_PER_REQUEST,
    timeToLiveAttribute: sessionsTableTtl(tableName).TimeToLiveSpecification.AttributeName,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  for (const { IndexName, KeySchema, Projection } of derived.GlobalSecondaryIndexes)
    table.addGlobalSecondaryIndex({
      indexName: IndexName,
      ...keysOf(KeySchema),
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: Projection.NonKeyAttributes,
    });
  return table;
}
