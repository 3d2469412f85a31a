export { createDynamodbAlertStore, type DynamodbAlertStoreOptions } from './dynamodb-alert-store.ts';
export type { DynamodbOptions } from './dynamodb-options.ts';
export { createDynamodbStore } from './dynamodb-store.ts';
export type { RetryOptions, RetryReason } from './retries.ts';
export {
  type SessionsTableInput,
  sessionsTable,
  sessionsTableTtl,
} from './sessions-table.ts';
