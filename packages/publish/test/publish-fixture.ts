import {
  type AwsTarget,
  awsTarget,
  type ColumnShape,
  defineEvents,
  type TableSchema,
  timestamp,
} from '@headwater/core';
import type { AwsSandbox } from '@headwater/local-aws/testing';

/** A place to publish to that no other test file has: database, registry and workgroup of its own. */
export const targetIn = ({ database, location }: AwsSandbox): AwsTarget =>
  awsTarget({
    region: 'us-east-1',
    account: '123456789012',
    database,
    location,
    firstDay: '2019-10-01',
    registry: database,
    workgroup: database,
  });

/** A table of events with a time `at`, and whatever columns a test is about. */
export function schemaWith(name: string, columns: ColumnShape): TableSchema {
  const config = { columns: { at: timestamp(), ...columns }, roles: { time: 'at' }, sortOrder: ['at'] };
  // Columns that are known at run time only are beyond what the types of roles can be checked against.
  return defineEvents(name, config as unknown as { columns: ColumnShape; roles: { time: string } }).schema;
}
