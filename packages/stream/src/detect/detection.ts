import type { EventsTable, TableSchema } from '@headwater/core';
import { hasRole, tableActions } from '@headwater/core/internal';
import type { Finding } from '../alerts/finding.ts';
import { createOpenSubjects, type OpenSubjectsState } from '../alerts/open-subjects.ts';
import type { EventRow } from '../record/event-identity.ts';
import {
  createEventIntake,
  type EventIntakeState,
  type EventRecord,
  type IntakeCounts,
} from '../windows/event-intake.ts';
import type { Detector, DetectorDefinition, DetectorShop, Report } from './detector.ts';
import { createReorderBuffer } from './reorder-buffer.ts';
import { shopEventReader } from './shop-event.ts';

/** How detection works. Times are in seconds. */
export interface DetectionOptions {
  /** How much later than a younger one an event may arrive. Rows are judged this long after their time. Defaults to 10. */
  readonly lateness?: number;
  /** How long a subject has to stay unsuspicious for its incident to end. Defaults to 2700. */
  readonly quiet?: number;
  /** Actors that are not watched, such as the shop's own monitor. */
  readonly allow?: readonly string[];
  /** Kinds of incidents that are not reported. */
  readonly off?: readonly string[];
  /** Events remembered, to find those that are delivered twice. Defaults to 200,000. */
  readonly remembered?: number;
  /** Events held back at most until their order is known. Defaults to 100,000. */
  readonly held?: number;
}

/** Where detection stands, as plain data that survives JSON. */
export interface DetectionState {
  readonly version: 1;
  readonly intake: EventIntakeState;
  readonly minute: number | null;
  readonly detectors: Readonly<Record<string, unknown>>;
  readonly open: OpenSubjectsState;
}

/** Watches the events of a table with detectors. */
export interface Detection {
  observe(event: EventRow, record?: EventRecord): Finding[];
  /** Judges what is complete when event time has reached `time`, though no event says so. */
  advance(time: Date): Finding[];
  /** Judges what is left at the end of a stream. */
  finish(): Finding[];
  counts(): IntakeCounts & { readonly allowed: number };
}

/** After a longer pause the stream is taken for a new one. */
const longestPause = 31 * 86_400_000;

/** The detectors that a table has what they need for. */
export const detectorsFor = <Definition extends Pick<DetectorDefinition<object>, 'needs'>>(
  schema: TableSchema,
  definitions: Readonly<Record<string, Definition>>,
): (readonly [name: string, definition: Definition])[] =>
  Object.entries(definitions).filter(
    ([, { needs }]) =>
      needs.roles.every((role) => hasRole(schema, role)) &&
      needs.actions.every((action) => tableActions(schema).has(action)),
  );

/**
 * Watches a table with detectors, in event time and bounded memory. It has no clock and does no I/O: the same events give the same
 * findings, whatever the order in which they arrive inside the lateness.
 *
 * @param definitions the detectors, with parameters as their defaults
 */
export function createDetection(
  { schema }: Pick<EventsTable, 'schema'>,
  definitions: Readonly<Record<string, DetectorDefinition<object>>>,
  options: DetectionOptions = {},
): Detection {
  const { remembered = 200_000, held = 100_000, off = [] } = options;
  const lateness = (options.lateness ?? 10) * 1000;
  const shop: DetectorShop = { schema, site: schema.name, zone: schema.zone ?? 'UTC' };
  const allowed = new Set(options.allow);
  const silent = new Set(off);
  const intake = createEventIntake(schema, lateness, remembered);
  const buffer = createReorderBuffer(held);
  const read = shopEventReader(schema);
  const open = createOpenSubjects((options.quiet ?? 2700) * 1000, lateness);
  const detectors: readonly Detector[] = detectorsFor(schema, definitions).map(([, { create, defaults }]) =>
    create(shop, defaults),
  );
  /** The end of the minute that rows are observed of. */
  let minute = Number.NEGATIVE_INFINITY;
  let allowedEvents = 0;
  let found: Finding[] = [];
  let now = 0;

  const report: Report = (breach) => {
    if (silent.has(breach.kind)) return;
    const whole = { ...breach, finding: 'breach', time: now + lateness } as const;
    open.note(whole);
    found.push(whole);
  };

  /** Ends the minutes that ended at or before `time`. */
  const endMinutes = (time: number): void => {
    if (minute === Number.NEGATIVE_INFINITY || time - minute > longestPause)
      minute = Math.floor(time / 60_000) * 60_000 + 60_000;
    for (; minute <= time; minute += 60_000) {
      now = minute;
      found.push(...open.takeQuiet(minute));
      for (const detector of detectors) detector.endMinute(minute, report);
    }
  };

  /** Observes what is complete at `time`. */
  const judge = (time: number): Finding[] => {
    for (const taken of buffer.release(time)) {
      endMinutes(taken.time);
      now = taken.time;
      const event = read(taken);
      if (event.actor !== undefined && allowed.has(event.actor)) {
        allowedEvents += 1;
        continue;
      }
      for (const detector of detectors) detector.observe(event, report);
    }
    if (minute !== Number.NEGATIVE_INFINITY && time < Number.POSITIVE_INFINITY) endMinutes(time);
    const result = found;
    found = [];
    return result;
  };

  const reach = (time: number): Finding[] => {
    const { latest } = intake;
    if (time <= latest) return [];
    intake.reach(time);
    const isDue = Math.floor((time - lateness) / 1000) > Math.floor((latest - lateness) / 1000);
    return isDue || latest === Number.NEGATIVE_INFINITY ? judge(time - lateness) : [];
  };

  return {
    observe(event, record) {
      const taken = intake.take(event, record);
      if (taken === undefined) return [];
      buffer.add(taken);
      return reach(taken.time);
    },
    advance: (time) => reach(time.getTime()),
    finish: () => judge(Number.POSITIVE_INFINITY),
    counts: () => ({ ...intake.counts, allowed: allowedEvents }),
  };
}
