import { type EventType, eventTypes } from '../event-types.ts';
import type { Random } from '../random/random.ts';
import type { Outage, Span } from './script.ts';
import type { ScriptRows } from './script-rows.ts';
import type { ShopView } from './shop-view.ts';

/** The sessions, users and rows of all cases, which a {@link Stage} adds to. */
export interface ScriptDraft {
  readonly rows: ScriptRows;
  readonly sessionUsers: number[];
  readonly outages: Outage[];
  /** For each customer that cases ask for, the second of the run before which that customer has visited the shop. */
  readonly customers: number[];
  users: number;
}

/** The place where one case is played: it hands out users and sessions, and takes rows. */
export class Stage {
  readonly shop: ShopView;
  readonly random: Random;
  /** The time of a case of the whole shop, which no other such case shares. The whole run for other cases. */
  readonly slot: Span;
  /** The product that the case is about. -1 for none. */
  product = -1;
  /** The time of the case, if it is not that of its rows. */
  span: Span | undefined;
  private readonly draft: ScriptDraft;

  constructor(draft: ScriptDraft, shop: ShopView, random: Random, slot: Span) {
    this.draft = draft;
    this.shop = shop;
    this.random = random;
    this.slot = slot;
  }

  /** A user who is nowhere else. */
  newUser(): number {
    return -1 - this.draft.users++;
  }

  /**
   * A customer with a probability in percent, otherwise a new user. A customer has visited the shop before the time of the case, if it
   * has one, and otherwise at any time of the run. Nobody comes twice to a case.
   */
  visitor(known: number): number {
    if (this.random.below(100) >= known) return this.newUser();
    return this.draft.customers.push(this.span?.from ?? this.shop.seconds) - 1;
  }

  newSession(user: number): number {
    return this.draft.sessionUsers.push(user) - 1;
  }

  /** Adds a row. Rows outside the run are left out. */
  add(session: number, second: number, type: EventType, product: number): void {
    if (second < 0 || second >= this.shop.seconds) return;
    this.draft.rows.add(session, second, eventTypes.indexOf(type), product);
  }

  /** `mean` seconds, up to `jitter` percent more or less. */
  gap(mean: number, jitter: number): number {
    const deviation = (mean * jitter) / 100;
    return Math.max(0, Math.round(mean - deviation + this.random.below(1 + Math.round(2 * deviation))));
  }

  /** A second at which something of `duration` seconds begins. The busier of two draws, because people visit by day. */
  begin(duration: number): number {
    const last = Math.max(1, this.shop.seconds - duration);
    const [one, other] = [this.random.below(last), this.random.below(last)];
    return this.shop.rateAt(one) >= this.shop.rateAt(other) ? one : other;
  }

  /** Begins something of `duration` seconds at the busiest of a few draws inside {@link slot}, and makes it the time of the case. */
  beginInSlot(duration: number): number {
    const { from, to } = this.slot;
    const room = Math.max(1, to - from - duration);
    let best = from + this.random.below(room);
    for (let tries = 0; tries < 6; tries++) {
      const other = from + this.random.below(room);
      if (this.shop.rateAt(other) > this.shop.rateAt(best)) best = other;
    }
    this.span = { from: best, to: best + duration - 1 };
    return best;
  }

  /** The number of rows of `load` percent of the shop's traffic from `second` on, over `duration` seconds. */
  rowsOfLoad(second: number, duration: number, load: number): number {
    return Math.max(30, Math.round((this.shop.rateAt(second) * duration * load) / 100));
  }

  /** The shop loses visits for a time. */
  fail(outage: Outage): void {
    this.draft.outages.push(outage);
  }
}
