import type { ApplyReport, SessionStore } from '../../sessions/session-store.ts';
import type { DeliverySettings } from '../poller/event-source-options.ts';
import type { EventHandler } from './local-handler.ts';

/** Options of {@link sessionsHandler}. */
export interface SessionsHandlerOptions {
  readonly settings?: DeliverySettings;
  /** Told what became of each delivery: events that are late or duplicates, and sessions that changed. */
  readonly onApplied?: (report: ApplyReport) => void;
}

/**
 * The handler of a run that keeps live sessions, carts and counts in a store. Time is that of the events, so a run that replays old events
 * has the sessions that were active then.
 *
 * @example
 * ```ts
 * const store = createEmbeddedStore(sessionRules(clickstream));
 * await runStream({ table: clickstream, source, archive, handlers: [sessionsHandler(store)] });
 * ```
 */
export function sessionsHandler(
  store: SessionStore,
  { settings, onApplied }: SessionsHandlerOptions = {},
): EventHandler<Readonly<Record<string, unknown>>> {
  return {
    name: 'sessions',
    ...(settings && { settings }),
    process: async (events, _, now) => {
      const report = await store.apply(events, now);
      onApplied?.(report);
      return { failed: report.failed };
    },
  };
}
