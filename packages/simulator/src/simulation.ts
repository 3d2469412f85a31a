import { type BotLabel, botKinds } from './bots/bot-kinds.ts';
import { BotSessions } from './bots/bot-sessions.ts';
import { type Catalogue, catalogueSizeFor, deriveCatalogue } from './catalogue/catalogue.ts';
import { PriceList } from './catalogue/price-list.ts';
import { quantileAt } from './random/quantile.ts';
import { createRandom, type Random } from './random/random.ts';
import { dayOf } from './schedule/arrivals.ts';
import { HourStarts } from './schedule/hour-starts.ts';
import { shopperPace } from './schedule/pace.ts';
import { saleOn } from './schedule/sale-days.ts';
import { SessionSlots } from './session-slots.ts';
import { buyerIntents, stateNames, visitorIntents } from './shoppers/intents.ts';
import { Population } from './shoppers/population.ts';
import { endState, SessionChain } from './shoppers/session-chain.ts';
import { UserIds } from './shoppers/user-id.ts';
import { type SimulationPlan, sessionKey } from './simulation-plan.ts';
import { uuidText } from './text/uuid-text.ts';

/** Event types by the number that {@link Simulation.type} gives. */
export const eventTypes = ['view', 'cart', 'remove_from_cart', 'purchase'] as const;
export type EventType = (typeof eventTypes)[number];

/** Event type of each state of {@link stateNames}. */
const typeOfState = Uint8Array.of(0, 0, 1, 2, 3);
const [cart, remove, purchase] = [
  stateNames.indexOf('cart'),
  stateNames.indexOf('remove'),
  stateNames.indexOf('purchase'),
];

/** Seconds the wheel of waiting sessions reaches ahead: a power of two above every pause. */
const wheelSize = 16_384;

/**
 * The shop, run second by second. `advance()` moves to the next row, whose parts are then read from the fields;
 * nothing is allocated per row. Sessions wait for their next event in a wheel of one list per second, so that the
 * work per row does not grow with the number of open sessions.
 */
export class Simulation {
  readonly catalogue: Catalogue;
  readonly prices: PriceList;
  readonly slots = new SessionSlots();
  readonly userIds: UserIds;
  /** Of the present row: seconds since 1970, number of the event type, product, slot of its session. */
  second = 0;
  type = 0;
  product = 0;
  slot = 0;
  /** Rows so far, the present one included. */
  rows = 0;
  /** Rows that repeat the one before them exactly. */
  duplicates = 0;
  private readonly typeCounts = new Float64Array(eventTypes.length);
  private readonly plan: SimulationPlan;
  private readonly random: Random;
  private readonly population: Population;
  private readonly chains: readonly [SessionChain, SessionChain];
  private readonly begun: [number, number] = [0, 0];
  private readonly bots: BotSessions;
  private readonly starts: HourStarts;
  private readonly wheel = new Int32Array(wheelSize).fill(-1);
  private readonly seconds: number;
  private readonly onBotSession: ((label: BotLabel) => void) | undefined;
  /** Seconds since the start of the run; -1 before its first. */
  private now = -1;
  private due = -1;
  private again = false;
  /** Slot of the session that ends early so that the planned rows add up; -1 while it is not open. */
  private lastSlot = -1;

  constructor(plan: SimulationPlan, onBotSession?: (label: BotLabel) => void) {
    this.plan = plan;
    this.onBotSession = onBotSession;
    this.seconds = plan.days * 86_400;
    this.random = createRandom(plan.seed, 1);
    this.catalogue = deriveCatalogue(plan.seed, catalogueSizeFor(plan.events));
    this.prices = new PriceList(this.catalogue, plan.seed);
    this.chains = [new SessionChain(visitorIntents), new SessionChain(buyerIntents)];
    const perDay = (sessions: number): number => Math.max(1, Math.ceil(sessions / plan.days));
    const sessions = plan.visitors.sessions + plan.buyers.sessions;
    this.population = new Population(
      createRandom(plan.seed, 2),
      perDay(sessions),
      perDay(plan.buyers.sessions),
      plan.days,
    );
    this.bots = new BotSessions(plan, this.catalogue, this.population.size);
    this.userIds = new UserIds(plan.seed, this.population.size + this.bots.users);
    this.starts = new HourStarts(
      createRandom(plan.seed, 3),
      [plan.visitors, plan.buyers, ...plan.bots].map((stream) => stream.arrivals),
    );
  }

  /** Moves to the next row; false once the run has written all of them. */
  advance(): boolean {
    if (this.rows >= this.plan.events) return this.finish();
    if (this.again) {
      this.again = false;
      this.duplicates++;
      this.written();
      return true;
    }
    while (this.due < 0) {
      const stream = this.now < 0 ? -1 : this.starts.take();
      if (stream >= 0) {
        this.begin(stream);
        break;
      }
      if (!this.tick()) return false;
    }
    const slot = this.due;
    this.due = this.slots.next[slot] ?? -1;
    this.slot = slot;
    const stream = this.slots.stream[slot] ?? 0;
    if (stream < 2) this.shop(slot, stream === 1);
    else this.automate(slot, stream - 2);
    return true;
  }

  /** Rows still to come. */
  get remaining(): number {
    return this.plan.events - this.rows;
  }

  /** Rows so far by event type. */
  countsByType(): Record<EventType, number> {
    const [view = 0, cart = 0, remove_from_cart = 0, purchase = 0] = this.typeCounts;
    return { view, cart, remove_from_cart, purchase };
  }

  private written(): void {
    this.rows++;
    this.typeCounts[this.type] = (this.typeCounts[this.type] ?? 0) + 1;
    const slot = this.slot;
    this.slots.written[slot] = (this.slots.written[slot] ?? 0) + 1;
  }

  private tick(): boolean {
    this.now++;
    if (this.now >= this.seconds) return false;
    this.second = this.plan.startSecond + this.now;
    if (this.now % 3600 === 0) {
      this.starts.turnTo(this.now / 3600);
      if (this.now % 86_400 === 0)
        this.prices.turnTo(this.now / 86_400, saleOn(dayOf(this.second), this.plan.saleDays)?.price ?? 100);
    }
    this.starts.nextSecond();
    const place = this.now % wheelSize;
    this.due = this.wheel[place] ?? -1;
    this.wheel[place] = -1;
    return true;
  }

  private begin(stream: number): void {
    const { slots, random } = this;
    const slot = slots.take();
    slots.stream[slot] = stream;
    slots.product[slot] = -1;
    slots.carted[slot] = -1;
    slots.written[slot] = 0;
    slots.left[slot] = -1;
    slots.first[slot] = this.now;
    // Version 4, variant 1, as RFC 9562 has them.
    slots.uuid[slot * 4] = random.next();
    slots.uuid[slot * 4 + 1] = (random.next() & 0xffff0fff) | 0x4000;
    slots.uuid[slot * 4 + 2] = (random.next() & 0x3fffffff) | 0x80000000;
    slots.uuid[slot * 4 + 3] = random.next();
    if (stream < 2) {
      const buys = stream === 1;
      // One session in 4,096 lost its id.
      if ((random.next() & 4095) === 0) slots.uuid.fill(0, slot * 4, slot * 4 + 4);
      const chain = this.chains[buys ? 1 : 0];
      const index = buys ? this.begun[1]++ : this.begun[0]++;
      const last = this.plan.lastSession;
      if (index === last.index && buys === last.buys) this.lastSlot = slot;
      chain.begin(sessionKey(this.plan.seed, index, buys));
      this.save(slot, chain);
      slots.user[slot] = this.population.pick(buys);
      slots.category[slot] = this.drawCategory(buys);
    } else {
      this.bots.begin(slots, slot, stream - 2, random);
    }
    slots.next[slot] = this.due;
    this.due = slot;
  }

  private save(slot: number, chain: SessionChain): void {
    this.slots.word[slot] = chain.word;
    this.slots.intent[slot] = chain.intent;
    this.slots.state[slot] = chain.state;
    this.slots.duplicate[slot] = chain.duplicate ? 1 : 0;
  }

  /** Writes the due row of a person and schedules the one after it. */
  private shop(slot: number, buys: boolean): void {
    const { slots } = this;
    const state = slots.state[slot] ?? 0;
    // Of 131,072 later rows of sessions, one is another user's who goes on in the same session.
    if ((slots.written[slot] ?? 0) > 0 && ((slots.word[slot] ?? 0) & 0x1ffff) === 77) {
      slots.user[slot] = this.population.pick(buys);
      slots.touch(slot);
    }
    this.product = this.choose(slot, state, buys);
    this.type = typeOfState[state] ?? 0;
    this.again = slots.duplicate[slot] === 1;
    this.written();
    if (slot === this.lastSlot && this.isUsedUp(slot)) {
      this.slots.give(slot);
      return;
    }
    const chain = this.chains[buys ? 1 : 0];
    chain.word = slots.word[slot] ?? 0;
    chain.intent = slots.intent[slot] ?? 0;
    chain.state = state;
    chain.step();
    this.save(slot, chain);
    if (chain.state === endState) {
      slots.give(slot);
      return;
    }
    this.wait(slot, quantileAt(shopperPace, this.random.next()));
  }

  /** Whether the session that ends early has written what was left for it. */
  private isUsedUp(slot: number): boolean {
    const left = this.plan.lastSession.rows - (this.slots.written[slot] ?? 0);
    if (left < 1) this.again = false;
    if (left > (this.again ? 1 : 0)) return false;
    this.lastSlot = -1;
    return true;
  }

  /** Which product the event is about: what is bought or taken out was put in before. */
  private choose(slot: number, state: number, buys: boolean): number {
    const { slots, random } = this;
    const shown = slots.product[slot] ?? -1;
    const carted = slots.carted[slot] ?? -1;
    if (state === remove && carted >= 0) return carted;
    if (state === purchase) {
      slots.carted[slot] = -1;
      if (carted >= 0) return carted;
      if (shown >= 0 && slots.left[slot] !== shown) {
        // `left` is free in people's sessions: it holds what was bought last, so that nothing is bought twice in a row.
        slots.left[slot] = shown;
        return shown;
      }
    }
    if (state === cart) {
      const product = shown >= 0 && shown !== carted ? shown : this.drawProduct(slot);
      slots.carted[slot] = product;
      slots.product[slot] = product;
      return product;
    }
    const draw = random.next();
    // Three views in ten look at the same product again; of the others one in four leaves the category.
    if (shown >= 0 && draw < 0x4ccc_cccc) return shown;
    if (draw > 0xd333_3333) slots.category[slot] = this.drawCategory(buys);
    const product = this.drawProduct(slot);
    slots.product[slot] = product;
    return product;
  }

  private drawCategory(buys: boolean): number {
    const { catalogue, random } = this;
    return (buys ? catalogue.bought : catalogue.viewed).at(random.next(), random.next());
  }

  private drawProduct(slot: number): number {
    const { random } = this;
    return this.catalogue.drawProduct(this.slots.category[slot] ?? 0, random.next(), random.next());
  }

  private automate(slot: number, kind: number): void {
    const { slots } = this;
    this.type = this.bots.typeOf(kind);
    this.product = this.bots.productOf(slots, slot, kind);
    this.written();
    const left = (slots.left[slot] ?? 0) - 1;
    slots.left[slot] = left;
    if (left > 0) this.wait(slot, this.bots.pauseOf(kind, this.random));
    else {
      this.label(slot);
      slots.give(slot);
    }
  }

  private wait(slot: number, pause: number): void {
    const { slots } = this;
    const last = this.seconds - 1 - this.now;
    // A session that would outlast the run hurries, so that its planned rows are all written.
    const gap = pause > last ? last >> 2 : pause;
    if (gap === 0) {
      slots.next[slot] = this.due;
      this.due = slot;
      return;
    }
    const place = (this.now + gap) % wheelSize;
    slots.next[slot] = this.wheel[place] ?? -1;
    this.wheel[place] = slot;
  }

  private label(slot: number): void {
    const { slots } = this;
    const kind = botKinds[(slots.stream[slot] ?? 0) - 2]?.kind;
    if (!kind || !this.onBotSession) return;
    this.onBotSession({
      kind,
      userId: this.userIds.textOf(slots.user[slot] ?? 0),
      userSession: uuidText(slots.uuid, slot),
      rows: slots.written[slot] ?? 0,
      firstSecond: this.plan.startSecond + (slots.first[slot] ?? 0),
      lastSecond: this.second,
    });
  }

  /** Labels the bots that were still at work when the last row was written. */
  private finish(): false {
    const open = [this.due, ...this.wheel];
    this.due = -1;
    this.wheel.fill(-1);
    for (let slot of open)
      for (; slot >= 0; slot = this.slots.next[slot] ?? -1)
        if ((this.slots.stream[slot] ?? 0) >= 2 && (this.slots.written[slot] ?? 0) > 0) this.label(slot);
    return false;
  }
}
