import { createAlertRelayHandler } from '../handlers/relay-handler.ts';
import type { RecordTable } from '../record/record-reader.ts';
import { createDynamodbAlertStore } from '../stores/dynamodb/dynamodb-alert-store.ts';
import { notifierOfFunction, storeTableOfFunction } from './clients-of-function.ts';
import { telemetryOfFunction } from './entry-environment.ts';
import { poisonSinkOfFunction } from './poison-sink-of-function.ts';

/** The function that tells what Flink found. */
export const relayFunction = (table: RecordTable) =>
  createAlertRelayHandler(table, {
    store: createDynamodbAlertStore(table.schema, storeTableOfFunction()),
    notifier: notifierOfFunction(),
    failures: poisonSinkOfFunction(),
    ...telemetryOfFunction(table, 'relay'),
  });
