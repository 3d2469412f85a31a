import { HeadwaterError, type TableSchema } from '@headwater/core';
import { keepsAllRows } from '@headwater/core/internal';
import { type EventRow, eventIdentity } from '../record/event-identity.ts';
import { createSeenEvents, type SeenEventsState } from './seen-events.ts';

/** What became of events that were taken in. Each is in exactly one of the first four. */
export interface IntakeCounts {
  /** Events that are new. */
  taken: number;
  /** Events that were delivered again. */
  duplicates: number;
  /** Events that are older than the lateness allows. */
  late: number;
  /**
   * Events with a time after their arrival, by more than clocks differ; or more than a day after all events before, until the next one is
   * as well.
   */
  ahead: number;
  /** Of those that are new, how many were not looked up, since too many are remembered: one that was delivered twice counts twice. */
  unchecked: number;
}

/** Where an event came from. */
export interface EventRecord {
  readonly arrivedAt?: Date | undefined;
  /** The sequence number of its record: what tells equal rows apart in a table that keeps all of them. */
  readonly sequenceNumber?: string | undefined;
}

/** An event that is new. */
export interface TakenEvent {
  readonly event: EventRow;
  /** Its id by the duplicate key of the table; empty where all rows are kept and nothing tells them apart. */
  readonly id: string;
  /** In milliseconds since 1970. */
  readonly time: number;
}

/** Takes events in the order of their arrival, and lets each pass once. */
export interface EventIntake {
  /** @throws HeadwaterError `OPTION_INVALID` for what has no time, such as the result of a record in place of its event */
  take(event: EventRow, record?: EventRecord): TakenEvent | undefined;
  /** Says that event time has reached `time`; the events of the seconds before the lateness are forgotten. */
  reach(time: number): void;
  /** The time that event time has reached; minus infinity at first. */
  readonly latest: number;
  readonly counts: Readonly<IntakeCounts>;
  snapshot(): EventIntakeState;
}

/** An intake as plain data. */
export interface EventIntakeState {
  readonly latest: number | null;
  readonly remembered: SeenEventsState;
  /** The time of the last event, when it was more than a day after all before. */
  readonly doubtful?: number;
}

/** Clocks of producers differ from that of the stream by less than this. */
const mostAhead = 300_000;

/** A pause that is longer is believed when two events in turn say so: one wrong clock would make all that follows late. */
const longestLeap = 86_400_000;

/**
 * @param lateness milliseconds that an event may be older than the youngest one
 * @param remembered events that are remembered at most
 * @param areDistinct whether no event comes twice: ids are then not computed
 */
export function createEventIntake(
  schema: TableSchema,
  lateness: number,
  remembered: number,
  state?: EventIntakeState,
  areDistinct = false,
): EventIntake {
  const timeColumn = schema.roles.time ?? schema.partitioning.time;
  const { idOf } = eventIdentity(schema);
  const keepsAll = keepsAllRows(schema);
  const seen = createSeenEvents(remembered, state?.remembered);
  const counts: IntakeCounts = { taken: 0, duplicates: 0, late: 0, ahead: 0, unchecked: 0 };
  let latest = state?.latest ?? Number.NEGATIVE_INFINITY;
  let doubtful = state?.doubtful ?? Number.NEGATIVE_INFINITY;
  return {
    take(event, { arrivedAt, sequenceNumber } = {}) {
      const at = event[timeColumn];
      if (!(at instanceof Date)) throw notAnEvent(timeColumn, at);
      const time = at.getTime();
      if (arrivedAt !== undefined && time > arrivedAt.getTime() + mostAhead) {
        counts.ahead += 1;
        return undefined;
      }
      const isLeap = time > latest + longestLeap && latest > Number.NEGATIVE_INFINITY;
      if (isLeap && Math.abs(time - doubtful) > longestLeap) {
        doubtful = time;
        counts.ahead += 1;
        return undefined;
      }
      doubtful = Number.NEGATIVE_INFINITY;
      if (time < latest - lateness) {
        counts.late += 1;
        return undefined;
      }
      const hasNoId = areDistinct || (keepsAll && sequenceNumber === undefined);
      const id = hasNoId ? '' : idOf(event, sequenceNumber ?? '');
      const isNew = id === '' || seen.isNew(time, id);
      if (isNew === false) {
        counts.duplicates += 1;
        return undefined;
      }
      counts.taken += 1;
      if (isNew === undefined) counts.unchecked += 1;
      return { event, id, time };
    },
    reach(time) {
      if (time <= latest) return;
      latest = time;
      seen.forget(time - lateness);
    },
    get latest() {
      return latest;
    },
    counts,
    snapshot: () => ({
      latest: Number.isFinite(latest) ? latest : null,
      remembered: seen.snapshot(),
      ...(Number.isFinite(doubtful) ? { doubtful } : {}),
    }),
  };
}

const notAnEvent = (timeColumn: string, value: unknown): HeadwaterError<'OPTION_INVALID'> =>
  new HeadwaterError('OPTION_INVALID', {
    option: `event.${timeColumn}`,
    value: String(value),
    expected: 'a Date, in an event of the table: of the result of a record give `result.event`',
  });
