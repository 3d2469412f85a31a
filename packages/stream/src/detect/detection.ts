import { hash } from 'node:crypto';
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
  type TakenEvent,
} from '../windows/event-intake.ts';
import {
  type DetectionLimits,
  type DetectionOptions,
  type DetectionSettings,
  detectionDefaults,
} from './detection-options.ts';
import type { DetectorDefinition, DetectorDefinitions, DetectorShop, Report } from './detector.ts';
import { type ChangedParameters, mergeParameters } from './detector-parameters.ts';
import { createFindingGate, type FindingGateState } from './finding-gate.ts';
import { type PackedRow, packRow, unpackRow } from './packed-row.ts';
import { createReorderBuffer } from './reorder-buffer.ts';
import { shopEventReader } from './shop-event.ts';

/** Where detection stands, as plain data that survives JSON. */
export interface DetectionState {
  readonly version: 1;
  /** Of the detectors and their parameters: others begin anew. */
  readonly fingerprint: string;
  readonly intake: EventIntakeState;
  readonly held: readonly (readonly [time: number, id: string, row: PackedRow])[];
  readonly given: number | null;
  readonly minute: number | null;
  readonly lastRow: number | null;
  readonly detectors: Readonly<Record<string, unknown>>;
  readonly open: OpenSubjectsState;
  readonly gate: FindingGateState;
}

/** What detection did with the events that it was given. */
export interface DetectionCounts extends IntakeCounts {
  /** Of those that are new, those of actors on the allow-list, which are not watched. */
  readonly allowed: number;
  /** Of those that are new, those that came after their second was judged early, because too many were held back. They are not watched. */
  readonly dropped: number;
}

/** Watches the events of a table with detectors. */
export interface Detection {
  /**
   * Takes a clean row, and judges the rows that are complete by its time.
   *
   * @param event of a result of `createRecordReader`, its `event`; or a row of a lake
   * @throws HeadwaterError `OPTION_INVALID` for what is no event of the table
   */
  observe(event: EventRow, record?: EventRecord): Finding[];
  /** Judges what is complete when event time has reached `time`, though no event says so. */
  advance(time: Date): Finding[];
  /** Judges the rows that are left at the end of a stream. */
  finish(): Finding[];
  counts(): DetectionCounts;
  /**
   * @param share with less than 1, detectors leave out the rest of their subjects, those with the fewest rows, and rows that are held back
   *   have the columns with a role alone; the state is then not whole. Defaults to 1
   */
  snapshot(share?: number): DetectionState;
}

/** Minutes without rows are judged for this long after a row. */
const longestPause = 2 * 86_400_000;
const oneMinute = 60_000;

/** The detectors that a table has what they need for, and of which not every kind is off. */
export const detectorsFor = <Definition extends Pick<DetectorDefinition<object>, 'needs' | 'kinds'>>(
  schema: TableSchema,
  definitions: Readonly<Record<string, Definition>>,
  off: readonly string[] = [],
): (readonly [name: string, definition: Definition])[] =>
  Object.entries(definitions).filter(
    ([, { needs, kinds }]) =>
      needs.roles.every((role) => hasRole(schema, role)) &&
      needs.actions.every((action) => tableActions(schema).has(action)) &&
      kinds.some((kind) => !off.includes(kind)),
  );

/**
 * Watches a table with detectors, in event time and bounded memory. It has no clock and does no I/O: the same events give the same
 * findings, whatever the order in which they arrive inside the lateness, and a stream that is cut gives the same findings up to there.
 * An event that is delivered twice counts once.
 *
 * @param definitions the detectors, such as `detectorTable`
 * @param state where an earlier detection with the same options stood
 * @example
 * ```ts
 * const detection = createDetection(clickstream, detectorTable, { allow: ['541312140'] });
 * for (const event of events) for (const finding of detection.observe(event)) console.log(finding);
 * ```
 */
export function createDetection<Definitions extends DetectorDefinitions>(
  { schema }: Pick<EventsTable, 'schema'>,
  definitions: Definitions,
  options: DetectionOptions<Definitions> = {} as DetectionOptions<Definitions>,
  state?: DetectionState,
): Detection {
  const settings: DetectionSettings & DetectionLimits = options;
  const { remembered = 200_000, held = 100_000, off = [], areDistinct = false } = settings;
  const lateness = (settings.lateness ?? detectionDefaults.lateness) * 1000;
  const shop: DetectorShop = { schema, site: schema.name, zone: schema.zone ?? 'UTC' };
  const allowed = new Set(settings.allow);
  const silent = new Set(off);
  const { actor } = schema.roles;
  const roleColumns = [...new Set([...Object.values(schema.roles), schema.partitioning.time])];
  const rolesOf = (row: EventRow): EventRow =>
    Object.fromEntries(roleColumns.map((name) => [name, row[name]]));

  const chosen = detectorsFor(schema, definitions, off).map(([name, definition]) => {
    const given: Readonly<Record<string, unknown>> = options;
    const parameters = mergeParameters(definition.defaults, given[name] as ChangedParameters<object>);
    return { name, definition, parameters };
  });
  const fingerprint = fingerprintOf(chosen);
  const known = state?.fingerprint === fingerprint ? state.detectors : {};
  const detectors = chosen.map(({ name, definition, parameters }) =>
    definition.create(shop, parameters, known[name]),
  );

  const intake = createEventIntake(schema, lateness, remembered, state?.intake, areDistinct);
  const buffer = createReorderBuffer(lateness, held, state && bufferStateOf(state));
  const read = shopEventReader(schema);
  const open = createOpenSubjects((settings.quiet ?? detectionDefaults.quiet) * 1000, lateness, state?.open);
  const gate = createFindingGate(state?.gate);
  /** The end of the minute that rows are observed of; minus infinity before the first row. */
  let minute = state?.minute ?? Number.NEGATIVE_INFINITY;
  let lastRow = state?.lastRow ?? Number.NEGATIVE_INFINITY;
  let allowedEvents = 0;
  let dropped = 0;
  let found: Finding[] = [];
  let now = 0;

  const report: Report = (breach) => {
    if (silent.has(breach.kind)) return;
    const reported = { ...breach, time: now + lateness };
    open.note(reported);
    const told = gate.take(reported);
    if (told !== undefined) found.push(told);
  };

  const takeQuiet = (time: number): void => {
    const quiet = open.takeQuiet(time);
    if (quiet.length > 0) found.push(...quiet);
  };

  const endMinute = (): void => {
    now = minute;
    found.push(...gate.endMinute(minute + lateness));
    takeQuiet(minute);
    for (const detector of detectors) detector.endMinute(minute, report);
    minute += oneMinute;
  };

  /** Ends the minutes that ended at or before `time`. */
  const endMinutes = (time: number): void => {
    const last = Math.min(time, lastRow + longestPause);
    while (minute <= last) endMinute();
    if (minute > time) return;
    // The rest of a long pause.
    found.push(...gate.endMinute(minute + lateness));
    minute = minuteOf(time) + oneMinute;
  };

  const give = (taken: TakenEvent): void => {
    const { time } = taken;
    if (time >= minute) {
      if (minute === Number.NEGATIVE_INFINITY) minute = minuteOf(time) + oneMinute;
      else endMinutes(time);
    }
    takeQuiet(time);
    now = time;
    lastRow = time;
    const event = read(taken);
    for (const detector of detectors) detector.observe(event, report);
  };

  /** Observes what is complete at `time`. */
  const judge = (time: number): void => {
    buffer.release(time, give);
    if (minute === Number.NEGATIVE_INFINITY || time === Number.POSITIVE_INFINITY) return;
    if (time >= minute) endMinutes(time);
    takeQuiet(secondOf(time) * 1000);
  };

  /** Event time has reached `time`. */
  const reach = (time: number): void => {
    const { latest } = intake;
    if (time <= latest) return;
    intake.reach(time);
    if (secondOf(time - lateness) > secondOf(latest - lateness)) judge(time - lateness);
  };

  const takeFound = (): Finding[] => {
    if (found.length === 0) return [];
    const result = found;
    found = [];
    return result;
  };

  return {
    observe(event, record) {
      const taken = intake.take(event, record);
      if (taken === undefined) return [];
      // First, so that no second is given that the event may belong to, and the buffer has a slot for its second.
      reach(taken.time);
      if (allowed.size > 0 && actor !== undefined && allowed.has(String(event[actor]))) allowedEvents += 1;
      else if (!buffer.add(taken)) dropped += 1;
      else if (buffer.size > held) buffer.release(Number.NEGATIVE_INFINITY, give);
      return takeFound();
    },
    advance(time) {
      reach(time.getTime());
      return takeFound();
    },
    finish() {
      judge(Number.POSITIVE_INFINITY);
      found.push(...gate.endMinute(minute + lateness));
      takeQuiet(intake.latest - lateness);
      return takeFound();
    },
    counts: () => ({ ...intake.counts, allowed: allowedEvents, dropped }),
    snapshot(share = 1) {
      const { events, given } = buffer.snapshot();
      return {
        version: 1,
        fingerprint,
        intake: intake.snapshot(),
        held: events.map(({ time, id, event }) => [time, id, packRow(share < 1 ? rolesOf(event) : event)]),
        given,
        minute: finiteOr(minute),
        lastRow: finiteOr(lastRow),
        detectors: Object.fromEntries(
          chosen.map(({ name }, index) => [name, detectors[index]?.snapshot(share)]),
        ),
        open: open.snapshot(),
        gate: gate.snapshot(),
      };
    },
  };
}

const secondOf = (time: number): number => Math.floor(time / 1000);
const minuteOf = (time: number): number => Math.floor(time / oneMinute) * oneMinute;
const finiteOr = (value: number): number | null => (Number.isFinite(value) ? value : null);

const bufferStateOf = ({ held, given }: DetectionState) => ({
  events: held.map(([time, id, row]) => ({ time, id, event: unpackRow(row) })),
  given,
});

/** Tells detectors with other parameters, or another form of state, apart. */
function fingerprintOf(
  chosen: readonly {
    readonly name: string;
    readonly definition: DetectorDefinition<object>;
    readonly parameters: object;
  }[],
): string {
  const parts = chosen.map(({ name, definition: { version = 1 }, parameters }) => [
    name,
    version,
    parameters,
  ]);
  return hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 16);
}
