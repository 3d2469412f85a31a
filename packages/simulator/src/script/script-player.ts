import { createRandom, type Random } from '../random/random.ts';
import type { SessionSlots } from '../session-slots.ts';
import type { CaseKindName } from './level-table.ts';
import type { Outage, Script } from './script.ts';
import { sessionUuidsOf } from './session-uuids.ts';

/** The stream of sessions of a script, in `SessionSlots.stream`. */
export const scriptStream = 255;
/** Seconds after an outage in which the people come back whom it kept away. */
const returnWithin = 7200;

/** Plays a script row by row, while the simulation runs. */
export class ScriptPlayer {
  /** The current row. */
  slot = 0;
  type = 0;
  product = 0;
  /** Four words for each session. */
  readonly uuids: Int32Array;
  private place = 0;
  private readonly script: Script;
  private readonly slots: SessionSlots;
  private readonly others: number;
  private readonly random: Random;
  /** Rows left of each session, and the slot of each session that is open. */
  private readonly left: Int32Array;
  private readonly slotOf: Int32Array;
  private next = 0;
  private nextSecond: number;

  /** @param others the number of users who are not the script's */
  constructor(script: Script, slots: SessionSlots, others: number) {
    this.script = script;
    this.slots = slots;
    this.others = others;
    this.uuids = sessionUuidsOf(script);
    this.random = createRandom(script.seed, 24);
    this.left = new Int32Array(script.sessionUsers.length);
    this.slotOf = new Int32Array(script.sessionUsers.length).fill(-1);
    for (const row of script.order) {
      const session = script.rows.session[row] ?? 0;
      this.left[session] = (this.left[session] ?? 0) + 1;
    }
    this.nextSecond = this.secondOf(0);
  }

  /** The kind of the case of the current row. */
  get kind(): CaseKindName | undefined {
    return this.script.cases[this.place]?.kind.kind;
  }

  /** The number of a session's user. The script's own users follow the others. */
  userOf(session: number): number {
    const user = this.script.sessionUsers[session] ?? 0;
    return user < 0 ? this.others - 1 - user : user;
  }

  /** Whether a row is due at `now`, a second of the run. */
  isDue(now: number): boolean {
    return this.nextSecond <= now;
  }

  /** Moves to the next row, which is due. Its slot stays readable until the next session begins. */
  advance(now: number): void {
    const { script, slots } = this;
    const { rows } = script;
    const row = script.order[this.next++] ?? 0;
    this.nextSecond = this.secondOf(this.next);
    const session = rows.session[row] ?? 0;
    let slot = this.slotOf[session] ?? -1;
    if (slot < 0) {
      slot = slots.take(scriptStream, now, this.random);
      slots.user[slot] = this.userOf(session);
      slots.uuid.set(this.uuids.subarray(session * 4, session * 4 + 4), slot * 4);
      this.slotOf[session] = slot;
    }
    this.slot = slot;
    this.type = rows.type[row] ?? 0;
    this.product = rows.product[row] ?? 0;
    this.place = script.sessionCases[session] ?? 0;
    const left = (this.left[session] ?? 0) - 1;
    this.left[session] = left;
    if (left === 0) slots.give(slot);
  }

  /** Seconds until a shopper comes back whose row an outage loses at `now`. 0 when the row reaches the shop. */
  delayAt(now: number): number {
    for (const outage of this.script.outages) {
      const delay = this.delayBy(outage, now);
      if (delay > 0) return delay;
    }
    return 0;
  }

  private delayBy({ from, to, lost }: Outage, now: number): number {
    if (now < from || now > to || this.random.below(100) >= lost) return 0;
    return to - now + 1 + this.random.below(returnWithin);
  }

  private secondOf(place: number): number {
    const row = this.script.order[place];
    return row === undefined ? Number.POSITIVE_INFINITY : (this.script.rows.second[row] ?? 0);
  }
}
