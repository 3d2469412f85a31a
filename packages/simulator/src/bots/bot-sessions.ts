import type { Catalogue } from '../catalogue/catalogue.ts';
import { quantileAt } from '../random/quantile.ts';
import type { Random } from '../random/random.ts';
import type { SessionSlots } from '../session-slots.ts';
import type { SimulationPlan } from '../simulation-plan.ts';
import type { BotKind } from './bot-kinds.ts';
import { botSessionRows } from './bot-schedule.ts';

/** Products on a price watcher's list. */
const watched = 5;
const typeNumbers = { view: 0, cart: 1, purchase: 3 } as const;

/** Runs the sessions of bots: their products, their pace and their accounts. */
export class BotSessions {
  /** The number of users that are bots. */
  readonly users: number;
  private readonly kinds: readonly BotKind[];
  private readonly seed: number;
  private readonly catalogue: Catalogue;
  private readonly firstUser: Int32Array;
  private readonly begun: Int32Array;
  private readonly budget: Float64Array;

  constructor(plan: SimulationPlan, catalogue: Catalogue, firstUser: number) {
    this.kinds = plan.bots.map((bot) => bot.kind);
    this.seed = plan.seed | 0;
    this.catalogue = catalogue;
    this.begun = new Int32Array(plan.bots.length);
    this.budget = Float64Array.from(plan.bots, (bot) => bot.rows);
    let users = 0;
    this.firstUser = Int32Array.from(plan.bots, (bot) => {
      const first = firstUser + users;
      users += bot.kind.accounts || bot.sessions;
      return first;
    });
    this.users = users;
  }

  begin(slots: SessionSlots, slot: number, kind: number, random: Random): void {
    const index = this.begun[kind] ?? 0;
    this.begun[kind] = index + 1;
    const definition = this.kinds[kind];
    if (!definition) return;
    const budget = this.budget[kind] ?? 0;
    const rows = Math.min(budget, botSessionRows(definition, this.seed, kind, index));
    this.budget[kind] = budget - rows;
    slots.left[slot] = rows;
    const accounts = definition.accounts;
    slots.user[slot] = (this.firstUser[kind] ?? 0) + (accounts ? random.below(accounts) : index);
    slots.product[slot] = this.firstProduct(definition, random);
  }

  typeOf(kind: number): number {
    return typeNumbers[this.kinds[kind]?.eventType ?? 'view'];
  }

  /** The product of a session's next row. */
  productOf(slots: SessionSlots, slot: number, kind: number): number {
    const first = slots.product[slot] ?? 0;
    const target = this.kinds[kind]?.target;
    const written = slots.written[slot] ?? 0;
    if (target === 'crawl') return (first + written) % this.catalogue.size;
    if (target === 'watchlist') return (first + (written % watched)) % this.catalogue.size;
    return first;
  }

  pauseOf(kind: number, random: Random): number {
    const pace = this.kinds[kind]?.pace;
    return pace ? quantileAt(pace, random.next()) : 0;
  }

  private firstProduct(kind: BotKind, random: Random): number {
    const { size, prices } = this.catalogue;
    let product = random.below(size);
    if (kind.target !== 'cheapProduct') return product;
    for (let tries = 0; tries < 20; tries++) {
      const other = random.below(size);
      const price = prices[other] ?? 0;
      if (price > 0 && price < (prices[product] ?? 0)) product = other;
    }
    return product;
  }
}
