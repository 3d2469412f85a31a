import { createDetectHandler } from '../handlers/detect-handler.ts';
import type { RecordTable } from '../record/record-reader.ts';
import { createDynamodbAlertStore } from '../stores/dynamodb/dynamodb-alert-store.ts';
import { notifierOfFunction, storeTableOfFunction } from './clients-of-function.ts';
import { telemetryOfFunction } from './entry-environment.ts';
import type { EntrySettings } from './entry-settings.ts';
import { poisonSinkOfFunction } from './poison-sink-of-function.ts';

/** The function that detects bots, floods and anomalies. */
export const detectFunction = (table: RecordTable, { source, detection }: EntrySettings) =>
  createDetectHandler(table, {
    source,
    detection,
    store: createDynamodbAlertStore(table.schema, storeTableOfFunction()),
    notifier: notifierOfFunction(),
    failures: poisonSinkOfFunction(),
    ...telemetryOfFunction(table, 'detect'),
  });
