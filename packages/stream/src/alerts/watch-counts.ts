/** What a watcher did with the events that it was given. Each event is in exactly one of the first five. */
export interface WatchCounts {
  /** Events that were counted. */
  watched: number;
  /** Events that were delivered again. */
  duplicates: number;
  /** Events older than the lateness allows: their windows may be judged already. */
  late: number;
  /** Events with a time after their arrival, by more than clocks differ. */
  ahead: number;
  /** Events of actors on the allow-list. */
  allowed: number;
  /** Rows of subjects that were dropped from memory, once for each threshold. They are missing in counts, never added twice. */
  unwatched: number;
  /** Events that were counted without being looked up, since too many are remembered: one that was delivered twice counts twice. */
  unchecked: number;
}

export const noCounts = (): WatchCounts => ({
  watched: 0,
  duplicates: 0,
  late: 0,
  ahead: 0,
  allowed: 0,
  unwatched: 0,
  unchecked: 0,
});
