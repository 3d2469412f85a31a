import type { EventsTable } from '@headwater/core';
import type { Finding, Share } from '../../alerts/finding.ts';
import { createIncidentReporter, type ReporterOptions } from '../../alerts/incident-reporter.ts';
import {
  createThresholdWatcher,
  type ThresholdWatcher,
  type WatchOptions,
} from '../../alerts/threshold-watcher.ts';
import type { EventRow } from '../../record/event-identity.ts';
import type { DeliverySettings } from '../poller/event-source-options.ts';
import { createLeastWindows } from './least-windows.ts';
import type { EventHandler } from './local-handler.ts';

/** Options of {@link alertsHandler}. */
export interface AlertsHandlerOptions
  extends Pick<ReporterOptions, 'store' | 'notifier' | 'cooldown'>,
    Omit<WatchOptions, 'shares'> {
  readonly settings?: DeliverySettings;
}

/** The watcher of a shard, and what it found that is not reported yet. */
interface ShardWatch {
  readonly watcher: ThresholdWatcher;
  readonly waiting: (Finding | Share)[];
}

/**
 * The handler of a run that watches thresholds and tells incidents. Each shard has a watcher of its own, as in Lambda; its counts are in
 * memory, and an event that is delivered again is found by its id. What could not be reported is reported with the next delivery.
 *
 * Shards are read at different paces, and one may have no events: windows are also judged by the time up to which all shards have been read.
 *
 * @throws HeadwaterError `THRESHOLD_INVALID`
 * @example
 * ```ts
 * const store = createEmbeddedAlertStore();
 * const notifier = createEmbeddedNotifier(({ body }) => console.log(body));
 * await runStream({ table: clickstream, source, archive, handlers: [alertsHandler(clickstream, { store, notifier })] });
 * ```
 */
export function alertsHandler(
  table: Pick<EventsTable, 'schema'>,
  { settings, store, notifier, cooldown, ...watchOptions }: AlertsHandlerOptions,
): EventHandler<EventRow> {
  const { lateness = 10, quiet } = watchOptions;
  const open = () => createThresholdWatcher(table, { ...watchOptions, shares: true });
  // Thresholds are checked when the handler is made, and not with its first delivery.
  open();
  const reporter = createIncidentReporter(table, { store, notifier, lateness, quiet, cooldown });
  const least = createLeastWindows(lateness * 1000);
  const shards = new Map<string, ShardWatch>();

  /** Reports what a shard found, and what is complete now that every shard has been read until `complete`. */
  async function report(
    shard: string,
    { watcher, waiting }: ShardWatch,
    complete: number,
    now: Date,
  ): Promise<void> {
    const breaches = least.due(complete);
    for (const breach of breaches) watcher.noteBreach(breach);
    const found = waiting.filter((one) => !isLeastShare(one));
    const findings = [...(await reporter.sumShares(found, watcher, shard, now)), ...breaches];
    await reporter.report(findings, shard, now);
    least.forget(complete);
    waiting.length = 0;
  }

  /** Takes what a shard found. */
  function take(shard: string, { waiting }: ShardWatch, found: readonly (Finding | Share)[]): void {
    waiting.push(...found);
    for (const one of found) if (isLeastShare(one)) least.add(one, shard);
  }

  return {
    name: 'alerts',
    ...(settings && { settings }),
    async process(events, { shard }, now) {
      const watch = shards.get(shard) ?? { watcher: open(), waiting: [] };
      shards.set(shard, watch);
      for (const { event, sequenceNumber } of events)
        take(shard, watch, watch.watcher.observe(event, { sequenceNumber }));
      // Without an event, `now` is the wall clock.
      if (events.length > 0) for (const [name, one] of shards) take(name, one, one.watcher.advance(now));
      const complete = events.length > 0 ? now.getTime() - lateness * 1000 : Number.NEGATIVE_INFINITY;
      for (const [name, one] of shards) await report(name, one, complete, now);
      return undefined;
    },
    async finish(now) {
      // Every event has come: the windows that ended before the last one are complete.
      const end = new Date(now.getTime() + lateness * 1000);
      for (const [shard, watch] of shards)
        take(shard, watch, [...watch.watcher.advance(end), ...watch.watcher.finish()]);
      for (const [shard, watch] of shards) await report(shard, watch, now.getTime(), now);
      // What was found from all shards may be over since.
      for (const [shard, watch] of shards) {
        take(shard, watch, watch.watcher.advance(end));
        await report(shard, watch, now.getTime(), now);
      }
    },
  };
}

const isLeastShare = (one: Finding | Share): one is Share =>
  one.finding === 'share' && one.counter.threshold.lessThan !== undefined;
