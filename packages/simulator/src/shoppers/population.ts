import { quantileAt } from '../random/quantile.ts';
import { createRandom, type Random } from '../random/random.ts';

/** Kinds of shoppers by the frequency of their visits, with their number per session of a day and their share of sessions. */
const crowds = [
  { size: 0.16, share: 0.145 },
  { size: 2.2, share: 0.3 },
  { size: 21, share: 0.555 },
] as const;

/** Parts per thousand of sessions whose user visited earlier on the same day, or on a recent day. */
const sameDay = 310;
const recentDay = 140;
/** Parts per thousand of buying sessions whose user bought before. */
const boughtBefore = 480;

/** The distance to the earlier session of a same-day return, in thousandths of a day's sessions. */
const sameDayLag = Int32Array.of(1, 6, 14, 25, 45, 80, 140, 240, 400);
/** The distance to the earlier session of a return on another day, in thousandths of a day's sessions. */
const recentDayLag = Int32Array.of(700, 950, 1250, 1900, 2900, 4400, 6700, 10_000, 17_000);

/** A bounded list of the most recent users. */
class RecentUsers {
  private readonly users: Int32Array;
  private count = 0;
  constructor(capacity: number) {
    let size = 1024;
    while (size < capacity && size < 1 << 24) size *= 2;
    this.users = new Int32Array(size);
  }
  push(user: number): void {
    this.users[this.count % this.users.length] = user;
    this.count++;
  }
  /** The user `lag` sessions ago. -1 when the list does not reach that far. */
  at(lag: number): number {
    if (lag >= this.count || lag >= this.users.length) return -1;
    return this.users[(this.count - 1 - lag) % this.users.length] ?? -1;
  }
}

/** Chooses the user of a session: a new user, a regular, or a recent one. */
export class Population {
  private readonly sessionsPerDay: number;
  private readonly buyersPerDay: number;
  private readonly random: Random;
  private readonly visitors: RecentUsers;
  private readonly buyers: RecentUsers;
  private readonly edges: Float64Array;
  private readonly sizes: Float64Array;

  constructor(random: Random, sessionsPerDay: number, buyersPerDay: number, days: number) {
    this.random = random;
    this.sessionsPerDay = sessionsPerDay;
    this.buyersPerDay = buyersPerDay;
    const reach = Math.min(days + 1, 20);
    this.visitors = new RecentUsers(sessionsPerDay * reach);
    this.buyers = new RecentUsers(buyersPerDay * reach);
    let share = 0;
    this.edges = Float64Array.from(crowds, (crowd) => {
      share += crowd.share;
      return share * 0x1_0000_0000;
    });
    this.sizes = Float64Array.from(crowds, (crowd) => Math.max(1, Math.floor(crowd.size * sessionsPerDay)));
  }

  /** The number of users. Every drawn number is below it. */
  get size(): number {
    return this.sizes.reduce((sum, size) => sum + size, 0);
  }

  /** Draws the number of a session's user, below 2^30. */
  pick(buys: boolean): number {
    const user = this.returning(buys);
    const chosen = user >= 0 ? user : this.fromCrowd();
    this.visitors.push(chosen);
    if (buys) this.buyers.push(chosen);
    return chosen;
  }

  private returning(buys: boolean): number {
    const draw = this.random.below(1000);
    if (buys) {
      if (draw >= boughtBefore) return -1;
      const lag = quantileAt(recentDayLag, this.random.next());
      return this.buyers.at(Math.floor((lag * this.buyersPerDay) / 1000));
    }
    if (draw >= sameDay + recentDay) return -1;
    const lag = quantileAt(draw < sameDay ? sameDayLag : recentDayLag, this.random.next());
    return this.visitors.at(Math.floor((lag * this.sessionsPerDay) / 1000));
  }

  private fromCrowd(): number {
    const draw = this.random.next();
    let crowd = 0;
    let first = 0;
    while (crowd + 1 < this.edges.length && draw >= (this.edges[crowd] ?? 0)) {
      first += this.sizes[crowd] ?? 0;
      crowd++;
    }
    return first + this.random.below(this.sizes[crowd] ?? 1);
  }
}

/** The population of a run, by the numbers of its sessions. */
export function createPopulation(seed: number, days: number, visitors: number, buyers: number): Population {
  const perDay = (sessions: number): number => Math.max(1, Math.ceil(sessions / days));
  return new Population(createRandom(seed, 2), perDay(visitors + buyers), perDay(buyers), days);
}
