import { createRecommendHandler } from '../handlers/recommend-handler.ts';
import type { RecordTable } from '../record/record-reader.ts';
import { createDynamodbAlertStore } from '../stores/dynamodb/dynamodb-alert-store.ts';
import { notifierOfFunction, storeTableOfFunction } from './clients-of-function.ts';
import { telemetryOfFunction } from './entry-environment.ts';
import type { EntrySettings } from './entry-settings.ts';
import { poisonSinkOfFunction } from './poison-sink-of-function.ts';

/** The function that publishes products which are viewed together. */
export const recommendFunction = (table: RecordTable, { source, reminders }: EntrySettings) =>
  createRecommendHandler(table, {
    source,
    viewedTogether: reminders?.viewedTogether || undefined,
    store: createDynamodbAlertStore(table.schema, storeTableOfFunction()),
    notifier: notifierOfFunction(),
    failures: poisonSinkOfFunction(),
    ...telemetryOfFunction(table, 'recommend'),
  });
