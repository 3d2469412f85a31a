import { clickstream } from '@headwater/example-ecommerce';
import { createThresholdWatcher, type Finding, type Incident, type Share } from '@headwater/stream';
import {
  createDetection,
  createIncidentLog,
  type DetectorDefinition,
  detectorTable,
} from '@headwater/stream/detect';

/** An event of the example's table. */
export type Event = Parameters<Watcher['observe']>[0];

/** What finds incidents in events: all detectors, or the fixed threshold. */
interface Watcher {
  observe(event: Parameters<ReturnType<typeof createDetection>['observe']>[0]): (Finding | Share)[];
  finish(): (Finding | Share)[];
}

/** What a run over events told, and how long it took. */
export interface WatcherRun {
  readonly incidents: readonly Incident[];
  readonly events: number;
  /** Processor time, without that of reading the events. */
  readonly seconds: number;
}

const definitions: Readonly<Record<string, DetectorDefinition<object>>> = detectorTable;

/** The kinds of incidents that detectors find. */
const detectionKinds: readonly string[] = Object.values(definitions).flatMap(({ kinds }) => kinds);

/**
 * All detectors.
 *
 * @param allow actors that are not watched
 * @param only the kinds that are reported. Default to all
 */
export const allDetectors = (allow: readonly string[], only: readonly string[] = detectionKinds): Watcher =>
  createDetection(clickstream, definitions, {
    allow,
    off: detectionKinds.filter((kind) => !only.includes(kind)),
  });

/** The fixed threshold: more than 10 actions of an actor in 10 seconds. */
export const fixedThreshold = (allow: readonly string[]): Watcher =>
  createThresholdWatcher(clickstream, { allow });

/** Events that are read before they are watched, so that the two can be timed apart. */
const perBatch = 10_000;

/** Watches events from the first to the last, and makes incidents of what is found. */
export async function runWatcher(
  events: Iterable<Event> | AsyncIterable<Event>,
  watcher: Watcher,
): Promise<WatcherRun> {
  const log = createIncidentLog(clickstream);
  const incidents: Incident[] = [];
  let batch: Event[] = [];
  let count = 0;
  let seconds = 0;
  const tell = (found: readonly (Finding | Share)[]): void => {
    // Shares occur where a watcher has one shard of several.
    incidents.push(...log.tell(found.filter((one) => one.finding !== 'share')));
  };
  const watch = (): void => {
    const started = process.cpuUsage();
    for (const event of batch) {
      const found = watcher.observe(event);
      if (found.length > 0) tell(found);
    }
    const { user, system } = process.cpuUsage(started);
    seconds += (user + system) / 1e6;
    count += batch.length;
    batch = [];
  };
  for await (const event of events) if (batch.push(event) === perBatch) watch();
  watch();
  tell(watcher.finish());
  return { incidents, events: count, seconds };
}
