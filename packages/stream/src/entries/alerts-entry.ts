import { createAlertHandler } from '../handlers/alert-handler.ts';
import type { RecordTable } from '../record/record-reader.ts';
import { createDynamodbAlertStore } from '../stores/dynamodb/dynamodb-alert-store.ts';
import { notifierOfFunction, storeTableOfFunction } from './clients-of-function.ts';
import { telemetryOfFunction } from './entry-environment.ts';
import type { EntrySettings } from './entry-settings.ts';
import { poisonSinkOfFunction } from './poison-sink-of-function.ts';

/** The function that watches for thresholds. */
export const alertsFunction = (table: RecordTable, { source, thresholds }: EntrySettings) =>
  createAlertHandler(table, {
    source,
    ...(thresholds ? { thresholds } : {}),
    store: createDynamodbAlertStore(table.schema, storeTableOfFunction()),
    notifier: notifierOfFunction(),
    failures: poisonSinkOfFunction(),
    ...telemetryOfFunction(table, 'alerts'),
  });
