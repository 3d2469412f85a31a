import { createSessionsHandler } from '../handlers/sessions-handler.ts';
import type { RecordTable } from '../record/record-reader.ts';
import { sessionRules } from '../sessions/session-rules.ts';
import { createDynamodbStore } from '../stores/dynamodb/dynamodb-store.ts';
import { storeTableOfFunction } from './clients-of-function.ts';
import { telemetryOfFunction } from './entry-environment.ts';
import type { EntrySettings } from './entry-settings.ts';
import { poisonSinkOfFunction } from './poison-sink-of-function.ts';

/** The function that keeps live sessions. */
export const sessionsFunction = (table: RecordTable, { source, sessions }: EntrySettings) =>
  createSessionsHandler(table, {
    source,
    store: createDynamodbStore(sessionRules(table as never, sessions), storeTableOfFunction()),
    failures: poisonSinkOfFunction(),
    ...telemetryOfFunction(table, 'sessions'),
  });
