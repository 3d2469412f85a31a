import { createAlertHandler } from '../handlers/alert-handler.ts';
import type { RecordTable } from '../record/record-reader.ts';
import { createDynamodbAlertStore } from '../stores/dynamodb/dynamodb-alert-store.ts';
import { dynamodbOfFunction, notifierOfFunction } from './clients-of-function.ts';
import { requiredVariable, telemetryOfFunction } from './entry-environment.ts';
import type { EntrySettings } from './entry-settings.ts';
import { poisonSinkOfFunction } from './poison-sink-of-function.ts';

/** The function that watches for thresholds. */
export const alertsFunction = (table: RecordTable, { source, thresholds }: EntrySettings) =>
  createAlertHandler(table, {
    source,
    ...(thresholds ? { thresholds } : {}),
    store: createDynamodbAlertStore(table.schema, {
      client: dynamodbOfFunction(),
      table: requiredVariable('HEADWATER_SESSIONS_TABLE'),
    }),
    notifier: notifierOfFunction(),
    failures: poisonSinkOfFunction(),
    ...telemetryOfFunction(table, 'alerts'),
  });
