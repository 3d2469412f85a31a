/** The state of a piece of work. */
export interface ProgressState {
  /** What is going on: `reading events.csv`. */
  readonly doing: string;
  /** The share that is done, 0 to 1. */
  readonly fraction: number;
  /** Names a stage with a pace of its own, such as an upload: the remaining time is then estimated anew. */
  readonly stage?: string;
  readonly rows?: number;
  /** Bytes read so far. */
  readonly bytes?: number;
}
