import type { EventsTable } from '@headwater/core';
import { type ApplyReport, handlersOfTable, type StreamConfig, watchedThresholds } from '@headwater/stream';
import {
  alertsHandler,
  detectHandler,
  type LocalHandler,
  recommendHandler,
  sessionsHandler,
  withReminders,
} from '@headwater/stream/local';
import type { StreamServices } from '../services/stream-services.ts';
import type { VisitorHours } from './visitor-hours.ts';

type Row = Readonly<Record<string, unknown>>;

/** What the handlers of a run are made with. */
export interface RunHandlersOptions {
  readonly table: EventsTable;
  readonly settings: StreamConfig;
  readonly services: StreamServices;
  readonly onApplied: (report: ApplyReport) => void;
  /** Sees what live sessions see. */
  readonly visitors?: VisitorHours | undefined;
}

/**
 * The handlers of a run: live sessions with reminders of carts, thresholds, and products that are viewed together, as far as the table has
 * what they need and the config does not turn them off; and detection, where the config has its field.
 *
 * @throws HeadwaterError `THRESHOLD_INVALID` for thresholds of the config that the table has no roles or actions for
 */
export function runHandlers(options: RunHandlersOptions): readonly LocalHandler<Row>[] {
  const { table, settings, services, onApplied } = options;
  const { schema } = table;
  const { store: sessions, alerts: store, notifier } = services;
  const { abandonedCart = {}, viewedTogether = {} } = settings.reminders ?? {};
  const asked = new Set(handlersOfTable(schema, settings));
  const counted = sessionsHandler(sessions, { onApplied });
  const live = options.visitors?.over(counted) ?? counted;
  return [
    asked.has('reminders') && abandonedCart !== false
      ? withReminders(table, live, { sessions, store, notifier, abandonedCart })
      : live,
    ...(asked.has('alerts')
      ? [alertsHandler(table, { thresholds: watchedThresholds(schema, settings), store, notifier })]
      : []),
    ...(settings.detection ? [detectHandler(table, { detection: settings.detection, store, notifier })] : []),
    ...(asked.has('recommend') && viewedTogether !== false
      ? [recommendHandler(table, { viewedTogether, store, notifier })]
      : []),
  ];
}
