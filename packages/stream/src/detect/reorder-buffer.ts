import type { TakenEvent } from '../windows/event-intake.ts';

/** Holds events back until no earlier one can come, and gives them in the order of time. */
export interface ReorderBuffer {
  /** @returns false for an event of a second whose events were given already: it comes too late */
  add(event: TakenEvent): boolean;
  /** Gives the events of the seconds that ended at or before `time`, in the order of their time, then of their ids. */
  release(time: number, give: (event: TakenEvent) => void): void;
  readonly size: number;
  snapshot(): ReorderBufferState;
}

/** A buffer as plain data, with the second before which everything was given. */
export interface ReorderBufferState {
  readonly events: readonly TakenEvent[];
  readonly given: number | null;
}

/**
 * Creates a buffer. Events have to be released up to the lateness before the youngest one, before that one is added.
 *
 * @param lateness milliseconds that an event may be older than the youngest one
 * @param most events that are held at most; when there are more, those of the earliest seconds are given early
 */
export function createReorderBuffer(
  lateness: number,
  most: number,
  state?: ReorderBufferState,
): ReorderBuffer {
  // A slot for each second that may be open at a time.
  const slots: TakenEvent[][] = Array.from({ length: Math.ceil(lateness / 1000) + 2 }, () => []);
  const slotOf = (second: number): TakenEvent[] => slots[modulo(second, slots.length)] as TakenEvent[];
  /** The seconds before it were given. */
  let given = state?.given ?? Number.NEGATIVE_INFINITY;
  /** The earliest second that has events; infinite without any. */
  let first = Number.POSITIVE_INFINITY;
  let size = 0;

  function add(event: TakenEvent): boolean {
    const second = Math.floor(event.time / 1000);
    if (second < given) return false;
    if (second < first) first = second;
    slotOf(second).push(event);
    size += 1;
    return true;
  }

  function giveSecond(second: number, give: (event: TakenEvent) => void): void {
    const events = slotOf(second);
    if (events.length === 0) return;
    size -= events.length;
    // Events mostly come in order, and are then not sorted.
    if (events.some((event, index) => index > 0 && compare(events[index - 1] as TakenEvent, event) > 0))
      events.sort(compare);
    for (const event of events) give(event);
    events.length = 0;
  }

  for (const event of state?.events ?? []) add(event);
  return {
    add,
    release(time, give) {
      const end = Math.floor(time / 1000);
      while (size > 0 && (first < end || size > most)) {
        giveSecond(first, give);
        first += 1;
        given = first;
      }
      if (size === 0) first = Number.POSITIVE_INFINITY;
      if (end > given && end < Number.POSITIVE_INFINITY) given = end;
    },
    get size() {
      return size;
    },
    snapshot: () => ({ events: slots.flat(), given: Number.isFinite(given) ? given : null }),
  };
}

const compare = (one: TakenEvent, other: TakenEvent): number =>
  one.time - other.time || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);

/** The remainder that is not negative before 1970 either. */
const modulo = (value: number, by: number): number => ((value % by) + by) % by;
