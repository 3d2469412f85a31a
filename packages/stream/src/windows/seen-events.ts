/** The ids of recent events. */
export interface SeenEvents {
  /**
   * Whether the event was not seen before. It is then remembered until `forget` passes the second of its time.
   * @returns undefined when the memory is full: the event is unknown, and is not remembered
   */
  isNew(time: number, id: string): boolean | undefined;
  /** Forgets events of the seconds that ended at or before `time`. */
  forget(time: number): void;
  readonly size: number;
  /** As plain data: a list for each second. */
  snapshot(): SeenEventsState;
}

export type SeenEventsState = readonly (readonly [second: number, ids: readonly string[]])[];

/**
 * Remembers events, so that one which is delivered twice counts once.
 *
 * @param most the number of events that are remembered; while that many are, no other one is
 */
export function createSeenEvents(most: number, state: SeenEventsState = []): SeenEvents {
  const seconds = new Map<number, string[]>(state.map(([second, ids]) => [second, [...ids]]));
  // Looked up without the time, since two rows of one event may differ in it where it is not in the duplicate key.
  const known = new Set(state.flatMap(([, ids]) => ids));
  let forgotten = Number.NEGATIVE_INFINITY;
  return {
    get size() {
      return known.size;
    },
    isNew(time, id) {
      if (known.has(id)) return false;
      if (known.size >= most) return undefined;
      known.add(id);
      const second = Math.floor(time / 1000);
      const ids = seconds.get(second);
      if (ids === undefined) seconds.set(second, [id]);
      else ids.push(id);
      return true;
    },
    forget(time) {
      const second = Math.floor(time / 1000);
      if (second <= forgotten) return;
      forgotten = second;
      for (const [past, ids] of seconds)
        if (past < second) {
          seconds.delete(past);
          for (const one of ids) known.delete(one);
        }
    },
    snapshot: () => [...seconds].map(([second, ids]) => [second, [...ids]]),
  };
}
