import type { AwsTarget } from '../aws-target.ts';
import type { PartitionKey } from '../external-table.ts';

/**
 * The key of every table of the lake, from the first day that queries shall see to tomorrow: a file of tomorrow, by a
 * clock that is ahead, is not invisible. A day without files costs a query one listing, so `firstDay` should not be long
 * before the data. Text, because Athena prunes text keys in the catalog and others only later.
 */
export function dayKey(target: AwsTarget, description: string): PartitionKey {
  return {
    name: 'dt',
    type: { kind: 'string' },
    nullable: false,
    description,
    pii: 'none',
    projection: {
      type: 'date',
      format: 'yyyy-MM-dd',
      range: [target.firstDay, 'NOW+1DAYS'],
      interval: 1,
      unit: 'DAYS',
    },
  };
}
