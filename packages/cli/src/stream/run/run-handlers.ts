import type { EventsTable } from '@headwater/core';
import { hasRole, tableActions } from '@headwater/core/internal';
import { type ApplyReport, defaultThresholds, type StreamConfig } from '@headwater/stream';
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
  // The default counts rows of actors.
  const thresholds = settings.thresholds ?? (hasRole(schema, 'actor') ? defaultThresholds : []);
  const counted = sessionsHandler(sessions, { onApplied });
  const live = options.visitors?.over(counted) ?? counted;
  const canRemind = services.capabilities.has('carts') && abandonedCart !== false;
  const canPair =
    viewedTogether !== false &&
    hasRole(schema, 'item') &&
    (hasRole(schema, 'session') || hasRole(schema, 'actor')) &&
    tableActions(schema).has('view');
  return [
    canRemind ? withReminders(table, live, { sessions, store, notifier, abandonedCart }) : live,
    ...(thresholds.length > 0 ? [alertsHandler(table, { thresholds, store, notifier })] : []),
    ...(settings.detection ? [detectHandler(table, { detection: settings.detection, store, notifier })] : []),
    ...(canPair ? [recommendHandler(table, { viewedTogether, store, notifier })] : []),
  ];
}
