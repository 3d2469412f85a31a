import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AwsTarget, EventsTable } from '@headwater/core';
import type { LiveFeed } from '@headwater/dashboard';
import { type LiveStore, type SessionOptions, sessionRules } from '@headwater/stream';
import { createDynamodbAlertStore, createDynamodbStore } from '@headwater/stream/dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { storeFeed } from '../page/store-feed.ts';
import { hoursIn } from '../view/hour-counts.ts';
import { streamNames } from './stream-names.ts';

/** Where a live table is, and of what. */
export interface LiveTableOptions {
  readonly table: EventsTable;
  readonly aws: AwsTarget | undefined;
  /** Its name. Defaults to that of the config, by which `headwater stream run --aws-endpoint` names it as well. */
  readonly name: string | undefined;
  readonly sessions: Omit<SessionOptions, 'needs'> | undefined;
  readonly onError: (error: unknown) => void;
}

/** Opens the table of DynamoDB that handlers write, and follows it. Its address is that of the environment, as of every client of AWS. */
export function openLiveTable({ table, aws, name, sessions, onError }: LiveTableOptions): {
  readonly feed: LiveFeed;
  close(): void;
} {
  const client = new DynamoDBClient({
    ...(aws ? { region: aws.region } : {}),
    requestHandler: new NodeHttpHandler({ requestTimeout: 20_000 }),
  });
  const place = { client, table: name ?? streamNames(aws, table.name).table };
  const rules = sessionRules(table, sessions ?? {});
  return {
    feed: storeFeed({
      table: table.name,
      // It has every query; the collector looks at the capabilities first.
      store: createDynamodbStore(rules, place) as unknown as LiveStore,
      alerts: createDynamodbAlertStore(table, place),
      capabilities: rules.capabilities,
      hourOf: hoursIn(table.schema.zone ?? 'UTC'),
      onError,
    }),
    close: () => client.destroy(),
  };
}
