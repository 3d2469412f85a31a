/** State that goes from one tumbling window of a shard to the next. */
export interface CarriedState {
  /** The beginning of the window that it is from, in milliseconds since 1970. */
  readonly window: number;
  readonly state: Uint8Array;
}

/** Keeps what is not finished when a tumbling window of the service ends, whose own state ends with it. */
export interface CarryStore {
  /** Keeps the state of a shard, in place of that of an earlier window, or of the same. That of a later window stays. */
  saveCarry(name: string, carried: CarriedState, now: Date): Promise<void>;
  loadCarry(name: string, now: Date): Promise<CarriedState | undefined>;
}
