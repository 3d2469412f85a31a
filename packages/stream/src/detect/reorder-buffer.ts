import type { TakenEvent } from '../windows/event-intake.ts';

/** Holds events back until no earlier one can come, and gives them in the order of time. */
export interface ReorderBuffer {
  add(event: TakenEvent): void;
  /** The events of the seconds that ended at or before `time`, in the order of their time, then of their ids. */
  release(time: number): readonly TakenEvent[];
  /** Events before this time cannot be taken: those of their second were given. */
  readonly released: number;
  readonly size: number;
  snapshot(): readonly TakenEvent[];
}

/**
 * @param most events that are held at most; when there are more, those of the earliest seconds are given early
 */
export function createReorderBuffer(most: number): ReorderBuffer {
  const seconds = new Map<number, TakenEvent[]>();
  let size = 0;
  let released = Number.NEGATIVE_INFINITY;

  function take(second: number): TakenEvent[] {
    const events = seconds.get(second) ?? [];
    seconds.delete(second);
    size -= events.length;
    released = Math.max(released, (second + 1) * 1000);
    return events.sort(
      (one, other) => one.time - other.time || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0),
    );
  }

  return {
    add(event) {
      const second = Math.floor(event.time / 1000);
      const there = seconds.get(second);
      if (there === undefined) seconds.set(second, [event]);
      else there.push(event);
      size += 1;
    },
    release(time) {
      const due = [...seconds.keys()].filter((second) => (second + 1) * 1000 <= time);
      if (size > most)
        due.push(
          ...[...seconds.keys()]
            .filter((second) => !due.includes(second))
            .sort((one, other) => one - other)
            .slice(0, 1),
        );
      return due.sort((one, other) => one - other).flatMap(take);
    },
    get released() {
      return released;
    },
    get size() {
      return size;
    },
    snapshot: () => [...seconds.values()].flat(),
  };
}
