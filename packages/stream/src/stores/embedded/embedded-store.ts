import { hasRole } from '@headwater/core/internal';
import { assertCapable, type Capability } from '../../sessions/capability.ts';
import { minuteOf } from '../../sessions/count-sink.ts';
import { amountText } from '../../sessions/event-amount.ts';
import { groupByKey, type KeyedEvents, stateName } from '../../sessions/group-by-key.ts';
import { type LiveSession, liveSession } from '../../sessions/live-session.ts';
import { shownMinutes } from '../../sessions/minute-totals.ts';
import { leavesCart, leftIn, type SessionTotals } from '../../sessions/session-chain.ts';
import type { DeliveredEvent, SessionRules, StateKey } from '../../sessions/session-rules.ts';
import { SessionState } from '../../sessions/session-state.ts';
import {
  type ActiveSessions,
  type ApplyReport,
  type Carts,
  type ItemSales,
  type ListOptions,
  type LiveStore,
  listDefaults,
  type MinuteCounts,
} from '../../sessions/session-store.ts';
import { salesOf } from '../../sessions/top-sales.ts';
import { MinuteBuckets } from './minute-buckets.ts';
import { RecentCounts } from './recent-counts.ts';

/** Bounds of an embedded store. */
export interface EmbeddedOptions {
  /** Keys that are remembered, 1,000,000 by default. Beyond, those that expire first are forgotten, and `forgotten` counts them. */
  readonly mostKeys?: number;
}

/** A store in the memory of this process. */
export type EmbeddedStore<Name extends Capability = Capability> = LiveStore<Name> & {
  /** How much it holds. */
  readonly size: { readonly keys: number; readonly minutes: number };
  /** Keys that were forgotten before they expired, because there were more than `mostKeys`. */
  readonly forgotten: number;
};

interface Entry {
  readonly state: SessionState;
  expires: number;
}

/**
 * Makes a store in the memory of this process. It is exact as long as its bounds are: it forgets what expired, and `forgotten` says
 * when it had to forget more.
 *
 * @example
 * ```ts
 * const store = createEmbeddedStore(sessionRules(clickstream));
 * const { applied, duplicates, late } = await store.apply(delivered, new Date());
 * const { count, value } = await store.openCarts(new Date());
 * ```
 */
export function createEmbeddedStore<Name extends Capability>(
  rules: SessionRules<Name>,
  { mostKeys = 1_000_000 }: EmbeddedOptions = {},
): EmbeddedStore<Name> {
  // It has every query; the type leaves out those that the table cannot answer.
  return new MemoryStore(rules, mostKeys) as unknown as EmbeddedStore<Name>;
}

class MemoryStore implements LiveStore {
  forgotten = 0;
  private readonly rules: SessionRules;
  private readonly mostKeys: number;
  private readonly entries = new Map<string, Entry>();
  /** States by the minute of their last event, and by the minute in which they expire. */
  private readonly byLast = new MinuteBuckets<Entry>();
  private readonly byExpiry = new MinuteBuckets<Entry>();
  private readonly counts: RecentCounts;
  /** Events up to this instant may have been of a state that was forgotten early. */
  private horizon = Number.NEGATIVE_INFINITY;
  private forgottenAt = Number.NEGATIVE_INFINITY;

  constructor(rules: SessionRules, mostKeys: number) {
    this.rules = rules;
    this.mostKeys = mostKeys;
    this.counts = new RecentCounts(rules.countsRetention);
  }

  get size() {
    return { keys: this.entries.size, minutes: this.counts.minutes.size };
  }

  async apply(delivered: readonly DeliveredEvent[], clock: Date): Promise<ApplyReport> {
    const now = clock.getTime();
    this.forgetExpired(now);
    let [applied, duplicates, late] = [0, 0, 0];
    const sessions: LiveSession[] = [];
    for (const [name, keyed] of groupByKey(this.rules, delivered)) {
      const outcome = this.applyKey(name, keyed, now);
      applied += outcome.applied;
      duplicates += outcome.duplicates;
      late += outcome.late;
      if (outcome.session) sessions.push(outcome.session);
    }
    return { applied, duplicates, late, failed: [], sessions };
  }

  async session(session: string, now: Date): Promise<LiveSession | undefined> {
    assertCapable(this.rules.schema, 'sessions');
    const key: StateKey = { kind: 'session', text: session };
    const entry = this.entries.get(stateName(key));
    if (!entry || entry.expires <= now.getTime() || !entry.state.tip.session) return undefined;
    return liveSession(this.rules, key, entry.state.tip.session);
  }

  async activeSessions(now: Date, { limit = listDefaults.limit }: ListOptions = {}): Promise<ActiveSessions> {
    assertCapable(this.rules.schema, 'sessions');
    return this.listed([...this.active(now.getTime())], limit);
  }

  async visitors(now: Date, seconds: number): Promise<number | null> {
    assertCapable(this.rules.schema, 'sessions');
    if (!hasRole(this.rules.schema, 'actor')) return null;
    const after = now.getTime() - seconds * 1000;
    const actors = new Set<string>();
    for (const { state, expires } of this.byLast.from(minuteOf(after))) {
      const { session } = state.tip;
      if (session && session.last > after && session.actor !== null && expires > now.getTime())
        actors.add(session.actor);
    }
    return actors.size;
  }

  async newestEvent(until: Date): Promise<Date | undefined> {
    assertCapable(this.rules.schema, 'sessions');
    // The newest minute that has one: others are older.
    for (const entries of this.byLast.downFrom(minuteOf(until.getTime()))) {
      const times = entries.map(({ state }) => state.tip.session?.last ?? Number.POSITIVE_INFINITY);
      const newest = Math.max(...times.filter((time) => time <= until.getTime()));
      if (Number.isFinite(newest)) return new Date(newest);
    }
    return undefined;
  }

  async openCarts(now: Date, { limit = listDefaults.limit }: ListOptions = {}): Promise<Carts> {
    assertCapable(this.rules.schema, 'carts');
    const carts: Found[] = [];
    for (const found of this.active(now.getTime())) if (leavesCart(found.totals)) carts.push(found);
    return { ...this.listed(carts, limit), value: this.valueOf(carts) };
  }

  async abandonedCarts(
    since: Date,
    now: Date,
    { limit = listDefaults.limit }: ListOptions = {},
  ): Promise<Carts> {
    assertCapable(this.rules.schema, 'carts');
    const { endsAfter } = this.rules;
    const [from, to] = [since.getTime() - endsAfter, now.getTime() - endsAfter];
    const carts: Found[] = [];
    for (const { state, expires } of this.byLast.from(minuteOf(from))) {
      if (expires <= now.getTime()) continue;
      const { session, closed } = state.tip;
      for (const totals of session ? [...closed, session] : closed)
        if (leavesCart(totals) && totals.last >= from && totals.last < to)
          carts.push({ key: state.key, totals });
    }
    return { ...this.listed(carts, limit), value: this.valueOf(carts) };
  }

  async topItems(
    now: Date,
    {
      limit = listDefaults.limit,
      minutes = 10,
      by = 'purchases',
    }: Parameters<LiveStore['topItems']>[1] & object = {},
  ): Promise<readonly ItemSales[]> {
    assertCapable(this.rules.schema, 'sales');
    const last = minuteOf(now.getTime());
    const first = last - Math.min(minutes, 60) + 1;
    const recent = [...this.counts.sales].filter(([minute]) => minute >= first && minute <= last);
    return salesOf(
      this.rules,
      recent.map(([, items]) => items),
      by,
    ).slice(0, limit);
  }

  async minutes({ from, to }: { readonly from: Date; readonly to: Date }): Promise<readonly MinuteCounts[]> {
    const first = Math.ceil(from.getTime() / 60_000);
    const asked = [...this.counts.minutes].filter(
      ([minute]) => minute >= first && minute * 60_000 < to.getTime(),
    );
    return shownMinutes(this.rules, asked);
  }

  private applyKey(name: string, { key, events }: KeyedEvents, now: number) {
    const there = this.entries.get(name);
    if (there && there.expires <= now) this.forget(there);
    const entry = this.entries.get(name) ?? this.newEntry(key);
    const outcome = entry.state.apply(events, now, this.counts);
    if (!outcome.hasChanged) return { ...outcome, session: undefined };
    if (!this.entries.has(name)) {
      this.entries.set(name, entry);
      this.boundKeys();
    }
    const last = entry.state.lastTime;
    entry.expires = Math.max(now, last) + this.rules.retention;
    this.byExpiry.put(entry, minuteOf(entry.expires));
    const { session } = entry.state.tip;
    if (session) this.byLast.put(entry, minuteOf(session.last));
    return { ...outcome, session: session && liveSession(this.rules, key, session) };
  }

  private newEntry(key: StateKey): Entry {
    const parts = { base: undefined, horizon: this.horizon, log: [] };
    return { state: new SessionState(this.rules, key, parts), expires: 0 };
  }

  private *active(now: number): Iterable<Found> {
    const earliest = now - this.rules.endsAfter;
    for (const { state, expires } of this.byLast.from(minuteOf(earliest))) {
      const { session } = state.tip;
      if (session && session.last >= earliest && expires > now) yield { key: state.key, totals: session };
    }
  }

  private listed(found: readonly Found[], limit: number): ActiveSessions {
    const latest = [...found].sort(
      (one, other) => other.totals.last - one.totals.last || (one.key.text < other.key.text ? -1 : 1),
    );
    return {
      count: found.length,
      sessions: latest.slice(0, limit).map(({ key, totals }) => liveSession(this.rules, key, totals)),
    };
  }

  private valueOf(carts: readonly Found[]): string | null {
    if (!this.rules.hasAmounts) return null;
    return amountText(
      carts.reduce((sum, { totals }) => sum + leftIn(totals), 0n),
      this.rules.scale,
    );
  }

  /** Forgets what expired, once a minute: whatever is read is compared with its own expiry. */
  private forgetExpired(now: number): void {
    const minute = minuteOf(now);
    if (minute === this.forgottenAt) return;
    this.forgottenAt = minute;
    this.counts.forget(now);
    for (const entry of this.byExpiry.before(minute)) this.forget(entry);
  }

  private boundKeys(): void {
    if (this.entries.size <= this.mostKeys) return;
    const entry = this.byExpiry.first();
    if (!entry) return;
    this.forgotten += 1;
    this.horizon = Math.max(this.horizon, entry.state.lastTime);
    this.forget(entry);
  }

  private forget(entry: Entry): void {
    this.entries.delete(stateName(entry.state.key));
    this.byLast.remove(entry);
    this.byExpiry.remove(entry);
  }
}

interface Found {
  readonly key: StateKey;
  readonly totals: SessionTotals;
}
