import type { Catalogue } from '../catalogue/catalogue.ts';
import { quantileAt } from '../random/quantile.ts';
import type { Random } from '../random/random.ts';
import { shopperPace } from '../schedule/pace.ts';
import type { SessionSlots } from '../session-slots.ts';
import { type SimulationPlan, sessionKey } from '../simulation-plan.ts';
import { buyerIntents, visitorIntents } from './intents.ts';
import type { Population } from './population.ts';
import { ProductChoice } from './product-choice.ts';
import { endState, SessionChain } from './session-chain.ts';

/** Event type of each state of `stateNames`, by its number in `eventTypes`. */
const typeOfState = Uint8Array.of(0, 0, 1, 2, 3);

/** More rows than any session has, as a small integer, which is fastest. */
const noLimit = 0x3fff_ffff;

/** Runs the sessions of people: their users, their next events, their products and their pace. */
export class ShopperSessions {
  private readonly plan: SimulationPlan;
  private readonly slots: SessionSlots;
  private readonly random: Random;
  private readonly population: Population;
  private readonly products: ProductChoice;
  private readonly chains = [new SessionChain(visitorIntents), new SessionChain(buyerIntents)] as const;
  private readonly begun: [number, number] = [0, 0];
  /** Slot of the session that ends early so that the planned rows add up; -1 while it is not open. */
  private lastSlot = -1;

  constructor(
    plan: SimulationPlan,
    slots: SessionSlots,
    random: Random,
    population: Population,
    catalogue: Catalogue,
  ) {
    this.plan = plan;
    this.slots = slots;
    this.random = random;
    this.population = population;
    this.products = new ProductChoice(catalogue, slots, random);
  }

  begin(slot: number, buys: boolean): void {
    const { slots } = this;
    // One session in 4,096 has no id.
    if ((this.random.next() & 4095) === 0) slots.uuid.fill(0, slot * 4, slot * 4 + 4);
    const chain = this.chains[buys ? 1 : 0];
    const index = buys ? this.begun[1]++ : this.begun[0]++;
    const last = this.plan.lastSession;
    if (index === last.index && buys === last.buys) this.lastSlot = slot;
    chain.begin(sessionKey(this.plan.seed, index, buys));
    this.save(slot, chain);
    slots.user[slot] =
      this.plan.visits?.users[this.begun[0] + this.begun[1] - 1] ?? this.population.pick(buys);
    this.products.begin(slot, buys);
  }

  typeOf(slot: number): number {
    return typeOfState[this.slots.state[slot] ?? 0] ?? 0;
  }

  /** The product of a session's next row. At one in 131,072 later rows, another user continues the session. */
  productOf(slot: number, buys: boolean): number {
    const { slots } = this;
    if ((slots.written[slot] ?? 0) > 0 && ((slots.word[slot] ?? 0) & 0x1ffff) === 77) {
      slots.user[slot] = this.population.pick(buys);
      slots.touch(slot);
    }
    return this.products.choose(slot, slots.state[slot] ?? 0, buys);
  }

  /** The maximum number of further rows of a session. Only the session that ends early has a limit. */
  rowsLeft(slot: number): number {
    if (slot !== this.lastSlot) return noLimit;
    return this.plan.lastSession.rows - (this.slots.written[slot] ?? 0);
  }

  /** Moves a session to its next event. Returns false at its end. */
  step(slot: number, buys: boolean): boolean {
    const { slots } = this;
    const chain = this.chains[buys ? 1 : 0];
    chain.word = slots.word[slot] ?? 0;
    chain.intent = slots.intent[slot] ?? 0;
    chain.state = slots.state[slot] ?? 0;
    chain.step();
    this.save(slot, chain);
    return chain.state !== endState;
  }

  /** Seconds until a session's next event. */
  pause(): number {
    return quantileAt(shopperPace, this.random.next());
  }

  end(slot: number): void {
    if (slot === this.lastSlot) this.lastSlot = -1;
    this.slots.give(slot);
  }

  private save(slot: number, chain: SessionChain): void {
    const { slots } = this;
    slots.word[slot] = chain.word;
    slots.intent[slot] = chain.intent;
    slots.state[slot] = chain.state;
    slots.duplicate[slot] = chain.duplicate ? 1 : 0;
  }
}
