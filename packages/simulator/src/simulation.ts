import { type BotLabel, botKinds } from './bots/bot-kinds.ts';
import { BotSessions } from './bots/bot-sessions.ts';
import { type Catalogue, catalogueSizeFor, deriveCatalogue } from './catalogue/catalogue.ts';
import { PriceList } from './catalogue/price-list.ts';
import { type EventType, eventTypes } from './event-types.ts';
import type { AttackLabel } from './labels/attack-label.ts';
import { labelsOf } from './labels/labels-of.ts';
import { createRandom, type Random } from './random/random.ts';
import { dayOf } from './schedule/arrivals.ts';
import { HourStarts } from './schedule/hour-starts.ts';
import { saleOn } from './schedule/sale-days.ts';
import { SessionWheel } from './schedule/session-wheel.ts';
import type { CaseKindName } from './script/level-table.ts';
import { ScriptPlayer, scriptStream } from './script/script-player.ts';
import { SessionSlots } from './session-slots.ts';
import { createPopulation } from './shoppers/population.ts';
import { ShopperSessions } from './shoppers/shopper-sessions.ts';
import { UserIds } from './shoppers/user-id.ts';
import type { SimulationPlan } from './simulation-plan.ts';
import { uuidText } from './text/uuid-text.ts';

/**
 * Runs the shop second by second. `advance()` moves to the next row, and the fields then have its values. No memory is allocated
 * per row.
 */
export class Simulation {
  readonly catalogue: Catalogue;
  readonly prices: PriceList;
  readonly slots = new SessionSlots();
  readonly userIds: UserIds;
  /** The current row: seconds since 1970, index of the event type, product, slot of its session. */
  second = 0;
  type = 0;
  product = 0;
  slot = 0;
  /** Rows so far, including the current one. */
  rows = 0;
  /** Rows that are equal to the row before. */
  duplicates = 0;
  private readonly typeCounts = new Float64Array(eventTypes.length);
  private readonly plan: SimulationPlan;
  private readonly random: Random;
  private readonly shoppers: ShopperSessions;
  private readonly bots: BotSessions;
  private readonly starts: HourStarts;
  private readonly wheel: SessionWheel;
  private readonly onBotSession: ((label: BotLabel) => void) | undefined;
  private readonly script: ScriptPlayer | undefined;
  /** Whether the current row is written a second time. */
  private again = false;

  constructor(plan: SimulationPlan, onBotSession?: (label: BotLabel) => void) {
    this.plan = plan;
    this.onBotSession = onBotSession;
    this.wheel = new SessionWheel(this.slots, plan.days * 86_400, plan.script !== undefined);
    this.random = createRandom(plan.seed, 1);
    this.catalogue = plan.script?.catalogue ?? deriveCatalogue(plan.seed, catalogueSizeFor(plan.events));
    this.prices = new PriceList(this.catalogue, plan.seed);
    const population = createPopulation(plan.seed, plan.days, plan.visitors.sessions, plan.buyers.sessions);
    this.shoppers = new ShopperSessions(plan, this.slots, this.random, population, this.catalogue);
    this.bots = new BotSessions(plan, this.catalogue, population.size);
    const others = population.size + this.bots.users;
    this.userIds = new UserIds(plan.seed, others + (plan.script?.users ?? 0));
    this.script = plan.script && new ScriptPlayer(plan.script, this.slots, others);
    this.starts = new HourStarts(
      createRandom(plan.seed, 3),
      [plan.visitors, plan.buyers, ...plan.bots].map((stream) => stream.arrivals),
    );
  }

  /** Moves to the next row. Returns false after the last one. */
  advance(): boolean {
    if (this.rows >= this.plan.events) return this.finish();
    if (this.again) {
      this.again = false;
      this.duplicates++;
      this.written();
      return true;
    }
    const { wheel, slots, script } = this;
    let slot = -1;
    while (slot < 0) {
      if (script?.isDue(wheel.now)) return this.act(script);
      if (wheel.due >= 0) slot = this.takeDue();
      else {
        const stream = wheel.now < 0 ? -1 : this.starts.take();
        if (stream >= 0) this.begin(stream);
        else if (!this.tick()) return false;
      }
    }
    this.slot = slot;
    const stream = slots.stream[slot] ?? 0;
    if (stream < 2) this.shop(slot, stream === 1);
    else this.automate(slot, stream - 2);
    return true;
  }

  /** The kind of attacker or look-alike that writes the current row. Undefined for others. */
  get caseKind(): CaseKindName | undefined {
    if (!this.script || this.slots.stream[this.slot] !== scriptStream) return undefined;
    return this.script.kind;
  }

  /** The labels of the run's attackers and look-alikes. They are known before the first row. */
  *attackLabels(): Generator<AttackLabel, void, undefined> {
    const { plan, script, userIds, catalogue } = this;
    if (!plan.script || !script) return;
    yield* labelsOf(plan.script, {
      startSecond: plan.startSecond,
      userId: (session) => userIds.textOf(script.userOf(session)),
      sessionId: (session) => uuidText(script.uuids, session),
      productId: (product) => String(catalogue.productIds[product] ?? ''),
    });
  }

  /** Remaining rows. */
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
    const { wheel } = this;
    if (!wheel.tick()) return false;
    this.second = this.plan.startSecond + wheel.now;
    if (wheel.now % 3600 === 0) {
      this.starts.turnTo(wheel.now / 3600);
      if (wheel.now % 86_400 === 0)
        this.prices.turnTo(wheel.now / 86_400, saleOn(dayOf(this.second), this.plan.saleDays)?.price ?? 100);
    }
    this.starts.nextSecond();
    return true;
  }

  private begin(stream: number): void {
    const { slots, random, wheel } = this;
    const slot = slots.take(stream, wheel.now, random);
    if (stream < 2) this.shoppers.begin(slot, stream === 1);
    else this.bots.begin(slots, slot, stream - 2, random);
    wheel.put(slot);
  }

  /** Takes the next due session. -1 when an outage keeps it away for a while. */
  private takeDue(): number {
    const { wheel } = this;
    const slot = wheel.take();
    const delay = this.script?.delayAt(wheel.now) ?? 0;
    if (delay === 0) return slot;
    wheel.wait(slot, delay);
    return -1;
  }

  /** Writes the due row of an attacker or a look-alike. */
  private act(script: ScriptPlayer): true {
    script.advance(this.wheel.now);
    this.slot = script.slot;
    this.type = script.type;
    this.product = script.product;
    this.written();
    return true;
  }

  /** Writes the due row of a person and schedules the one after it. */
  private shop(slot: number, buys: boolean): void {
    const { shoppers } = this;
    this.product = shoppers.productOf(slot, buys);
    this.type = shoppers.typeOf(slot);
    this.again = this.slots.duplicate[slot] === 1;
    this.written();
    const left = shoppers.rowsLeft(slot);
    if (left < 1) this.again = false;
    if (left > (this.again ? 1 : 0) && shoppers.step(slot, buys)) this.wheel.wait(slot, shoppers.pause());
    else shoppers.end(slot);
  }

  /** Writes the due row of a bot and schedules the one after it. */
  private automate(slot: number, kind: number): void {
    const { slots, bots } = this;
    this.type = bots.typeOf(kind);
    this.product = bots.productOf(slots, slot, kind);
    this.written();
    const left = (slots.left[slot] ?? 0) - 1;
    slots.left[slot] = left;
    if (left > 0) this.wheel.wait(slot, bots.pauseOf(kind, this.random));
    else {
      this.label(slot);
      slots.give(slot);
    }
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

  /** Labels the sessions of bots that are open after the last row. */
  private finish(): false {
    for (const slot of this.wheel.drain())
      if ((this.slots.stream[slot] ?? 0) >= 2 && (this.slots.written[slot] ?? 0) > 0) this.label(slot);
    return false;
  }
}
