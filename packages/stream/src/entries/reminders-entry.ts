import { createReminderHandler } from '../handlers/reminder-handler.ts';
import type { AnyEventsTable } from '../sessions/capability.ts';
import { sessionRules } from '../sessions/session-rules.ts';
import { createDynamodbAlertStore } from '../stores/dynamodb/dynamodb-alert-store.ts';
import { createDynamodbStore } from '../stores/dynamodb/dynamodb-store.ts';
import { notifierOfFunction, storeTableOfFunction } from './clients-of-function.ts';
import { telemetryOfFunction } from './entry-environment.ts';
import type { EntrySettings } from './entry-settings.ts';

/** The function that reminds of carts. EventBridge invokes it, and no stream. */
export function remindersFunction(table: AnyEventsTable, { sessions, reminders }: EntrySettings) {
  const place = storeTableOfFunction();
  return createReminderHandler(table, {
    abandonedCart: reminders?.abandonedCart || undefined,
    sessions: createDynamodbStore(sessionRules(table, { ...sessions, needs: ['carts'] }), place),
    store: createDynamodbAlertStore(table.schema, place),
    notifier: notifierOfFunction(),
    ...telemetryOfFunction(table, 'reminders'),
  });
}
