import type { EventsTable } from '@headwater/core';
import type { Finding } from '../../alerts/finding.ts';
import { createIncidentReporter, type ReporterOptions } from '../../alerts/incident-reporter.ts';
import { createDetection } from '../../detect/detection.ts';
import type { DetectionConfig } from '../../detect/detection-config.ts';
import { detectionDefaults } from '../../detect/detection-options.ts';
import type { DetectorDefinitions } from '../../detect/detector.ts';
import { detectorTable } from '../../detect/detector-table.ts';
import type { EventRow } from '../../record/event-identity.ts';
import type { DeliverySettings } from '../poller/event-source-options.ts';
import { createEventMerge } from './event-merge.ts';
import type { EventHandler } from './local-handler.ts';

/** Options of {@link detectHandler}. */
export interface LocalDetectOptions extends Pick<ReporterOptions, 'store' | 'notifier' | 'cooldown'> {
  readonly settings?: DeliverySettings;
  /** The field `detection` of the settings of the stream. */
  readonly detection?: DetectionConfig | undefined;
  /** Detectors in place of those that the package has. */
  readonly detectors?: DetectorDefinitions | undefined;
}

/** Findings that are reported in one go. */
const reportedAtOnce = 500;
const name = 'detect';

/**
 * The handler of a run that detects bots, floods and anomalies, and tells incidents. The rows of all shards go through one detection, in
 * the order of their time, as far as every shard has been read; what a shard has beyond that waits in memory. An event that is
 * delivered again is found by its id. What could not be reported is reported with the next delivery.
 *
 * @example
 * ```ts
 * const store = createEmbeddedAlertStore();
 * const notifier = createEmbeddedNotifier(({ body }) => console.log(body));
 * await runStream({ table: clickstream, source, archive, handlers: [detectHandler(clickstream, { store, notifier })] });
 * ```
 */
export function detectHandler(
  table: Pick<EventsTable, 'schema'>,
  { settings, detection: config = {}, detectors, store, notifier, cooldown }: LocalDetectOptions,
): EventHandler<EventRow> {
  const { lateness = detectionDefaults.lateness, quiet = detectionDefaults.quiet } = config;
  const detection = createDetection<DetectorDefinitions>(table, detectors ?? detectorTable, config);
  const reporter = createIncidentReporter(table, { store, notifier, lateness, quiet, cooldown });
  const merge = createEventMerge(table.schema);
  const waiting: Finding[] = [];
  let last = Promise.resolve();

  /** Takes the events until `time` in their order. */
  function observe(time: number): void {
    for (const { event, sequenceNumber } of merge.until(time))
      waiting.push(...detection.observe(event, { sequenceNumber }));
  }

  /** Reports what was found, in its order: deliveries of several shards may be processed at a time. */
  function report(now: Date): Promise<void> {
    const turn = last.then(async () => {
      while (waiting.length > 0) {
        const findings = waiting.slice(0, reportedAtOnce);
        await reporter.report(findings, name, now);
        waiting.splice(0, findings.length);
      }
    });
    last = turn.catch(() => undefined);
    return turn;
  }

  return {
    name,
    ...(settings && { settings }),
    async process(events, _delivery, now) {
      for (const event of events) merge.add(event);
      // Without an event, `now` is the wall clock.
      if (events.length > 0) {
        observe(now.getTime());
        waiting.push(...detection.advance(now));
      }
      await report(now);
      return undefined;
    },
    async finish(now) {
      observe(Number.POSITIVE_INFINITY);
      // Every event has come: the minutes that ended before the last one are complete.
      waiting.push(...detection.advance(new Date(now.getTime() + lateness * 1000)), ...detection.finish());
      await report(now);
    },
  };
}
