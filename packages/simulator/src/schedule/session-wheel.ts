import type { SessionSlots } from '../session-slots.ts';

/** The number of seconds that the wheel covers: a power of two above every pause. */
const wheelSize = 16_384;

/**
 * The clock of a run, with the sessions that wait for their next event. Each second has a linked list of slots, so that the work
 * per row does not depend on the number of open sessions.
 */
export class SessionWheel {
  /** Seconds since the start of the run; -1 before its first. */
  now = -1;
  /** The first of the slots due in this second, which `slots.next` links. -1 for none. */
  due = -1;
  private readonly slots: SessionSlots;
  private readonly seconds: number;
  private readonly spreads: boolean;
  private readonly lists = new Int32Array(wheelSize).fill(-1);

  /**
   * @param seconds the duration of the run
   * @param spreads whether the rows of sessions that would outlast the run are spread over what is left of it, and do not crowd its end
   */
  constructor(slots: SessionSlots, seconds: number, spreads: boolean) {
    this.slots = slots;
    this.seconds = seconds;
    this.spreads = spreads;
  }

  /** Moves to the next second and its due sessions. Returns false at the end of the run. */
  tick(): boolean {
    this.now++;
    if (this.now >= this.seconds) return false;
    const place = this.now % wheelSize;
    this.due = this.lists[place] ?? -1;
    this.lists[place] = -1;
    return true;
  }

  /** Takes the next due session. Call it only if one is due. */
  take(): number {
    const slot = this.due;
    this.due = this.slots.next[slot] ?? -1;
    return slot;
  }

  /** Makes a session the next one due. */
  put(slot: number): void {
    this.slots.next[slot] = this.due;
    this.due = slot;
  }

  /** Makes a session due in `pause` seconds. */
  wait(slot: number, pause: number): void {
    const last = this.seconds - 1 - this.now;
    // A session that would outlast the run speeds up, so that all its planned rows are written.
    const gap = pause <= last ? pause : this.spreads ? pause % (last + 1) : last >> 2;
    if (gap === 0) {
      this.put(slot);
      return;
    }
    const place = (this.now + gap) % wheelSize;
    this.slots.next[slot] = this.lists[place] ?? -1;
    this.lists[place] = slot;
  }

  /** Empties the wheel and returns its sessions. */
  drain(): readonly number[] {
    const open: number[] = [];
    for (const first of [this.due, ...this.lists])
      for (let slot = first; slot >= 0; slot = this.slots.next[slot] ?? -1) open.push(slot);
    this.due = -1;
    this.lists.fill(-1);
    return open;
  }
}
