import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { RetryOptions } from './retries.ts';

/** Where live sessions are on AWS. */
export interface DynamodbOptions extends RetryOptions {
  /** The caller's client, which the caller closes. Give it a `NodeHttpHandler`, and no more retries than a Lambda has time for. */
  readonly client: DynamoDBClient;
  /** The table, as `sessionsTable` defines it. */
  readonly table: string;
  /**
   * Parts that the counters of a minute are spread over, 8 by default: as many partitions take the writes of a flash sale. Use the
   * same number everywhere, and never a smaller one later: reads sum that many parts.
   */
  readonly counterParts?: number;
  /** Transactions in flight, 4 by default. */
  readonly concurrency?: number;
}

/** The options with their defaults. */
export type StoreOptions = DynamodbOptions & Required<Pick<DynamodbOptions, 'counterParts' | 'concurrency'>>;
