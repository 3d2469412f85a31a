import { type CountSink, minuteOf, noCounts, reversed } from './count-sink.ts';
import {
  boundItems,
  copyChain,
  emptyChain,
  type SessionChain,
  type SessionTotals,
  stepChain,
} from './session-chain.ts';
import { compareEvents, type SessionEvent } from './session-event.ts';
import type { SessionRules, StateKey } from './session-rules.ts';

/** What became of the events of one key. */
export interface StateOutcome {
  /** Events that were counted. */
  readonly applied: number;
  /** Rows of events that were counted before, or that a better row of the same event replaced. */
  readonly duplicates: number;
  /** Events that came too late to be counted. */
  readonly late: number;
  /** Whether the state is another one than before. */
  readonly hasChanged: boolean;
  /** The earlier sessions of the key that left a cart, before and after. */
  readonly closed: { readonly before: readonly SessionTotals[]; readonly after: readonly SessionTotals[] };
}

/** Events that are compared one by one; more are looked up. Most sessions have fewer. */
const mostCompared = 16;

/** What a state is made of when it is stored. */
export interface StateParts {
  readonly base: SessionChain | undefined;
  readonly horizon: number;
  readonly log: readonly SessionEvent[];
}

/**
 * The state of one key: its recent events one by one, and what older ones came to.
 *
 * An event is identified by its id, and events are folded in the order of event time. So the state follows from the set of the events
 * alone, however they were delivered. When an event comes out of order, the log is folded again, before and after, and the difference
 * is counted.
 *
 * Memory is bounded. Events older than `retention`, and the oldest ones beyond `mostEvents`, are folded into the base, and their ids
 * are forgotten. An event at or before the last folded instant cannot be told from one that was counted: it is late, and changes
 * nothing. So nothing is counted twice; what is not counted is reported.
 */
export class SessionState {
  readonly key: StateKey;
  /** All events so far. */
  tip: SessionChain;
  private readonly rules: SessionRules;
  private base: SessionChain | undefined;
  /** The last instant that was folded. */
  private horizon: number;
  private log: SessionEvent[];
  /** The events of a long log by their ids. */
  private ids: Map<string, SessionEvent> | undefined;

  constructor(rules: SessionRules, key: StateKey, parts?: StateParts) {
    this.rules = rules;
    this.key = key;
    this.base = parts?.base;
    this.horizon = parts?.horizon ?? Number.NEGATIVE_INFINITY;
    this.log = parts ? [...parts.log] : [];
    this.tip = this.folded(this.log, noCounts);
  }

  /** What has to be stored. */
  get parts(): StateParts {
    return { base: this.base, horizon: this.horizon, log: this.log };
  }

  /** The time of the last event; -Infinity without one. */
  get lastTime(): number {
    return this.log.at(-1)?.time ?? this.horizon;
  }

  /** Applies events of the key, in any order, some of them perhaps again. */
  apply(events: readonly SessionEvent[], now: number, sink: CountSink): StateOutcome {
    const before = this.tip.closed.length === 0 ? [] : [...this.tip.closed];
    const { fresh, gone, ...numbers } = this.sorted(events, now, sink);
    const hasChanged = fresh.length > 0;
    if (hasChanged) {
      fresh.sort(compareEvents);
      const [last, first] = [this.log.at(-1), fresh[0]];
      const isNext = !last || (first !== undefined && compareEvents(last, first) < 0);
      if (isNext && gone.size === 0) this.append(fresh, sink);
      else this.insert(fresh, gone, sink);
    }
    const after = this.tip.closed;
    const closed = { before, after: after.length === 0 ? [] : [...after] };
    this.forget(now);
    return { ...numbers, hasChanged, closed };
  }

  /** Folds the older half of the remembered events, for a store whose items may not grow. */
  shrink(): void {
    this.fold(Math.ceil(this.log.length / 2));
  }

  /** Tells new events from those that were counted. */
  private sorted(events: readonly SessionEvent[], now: number, sink: CountSink) {
    const fresh: SessionEvent[] = [];
    const gone = new Set<SessionEvent>();
    const oldest = Math.max(this.horizon, now - this.rules.retention - 1);
    let [applied, duplicates, late] = [0, 0, 0];
    // A long delivery would be compared with itself: its ids are looked up, as those of a long log are.
    const freshPlaces = events.length > mostCompared ? new Map<string, number>() : undefined;
    const placeOf = (id: string) =>
      freshPlaces ? (freshPlaces.get(id) ?? -1) : fresh.findIndex((event) => event.id === id);
    for (const event of events) {
      const place = placeOf(event.id);
      const there = place >= 0 ? fresh[place] : this.find(event.id);
      if (there && !this.rules.replaces(event, there)) {
        duplicates += 1;
        continue;
      }
      if (event.time <= oldest) {
        late += 1;
        sink.count(minuteOf(event.time), 'lateEvents', 1);
        continue;
      }
      if (there) duplicates += 1;
      else applied += 1;
      if (place >= 0) fresh[place] = event;
      else {
        if (there) gone.add(there);
        freshPlaces?.set(event.id, fresh.length);
        fresh.push(event);
      }
    }
    return { fresh, gone, applied, duplicates, late };
  }

  /** The remembered event with an id. */
  private find(id: string): SessionEvent | undefined {
    if (this.log.length <= mostCompared) return this.log.find((event) => event.id === id);
    this.ids ??= new Map(this.log.map((event) => [event.id, event]));
    return this.ids.get(id);
  }

  private append(fresh: readonly SessionEvent[], sink: CountSink): void {
    for (const event of fresh) {
      this.step(this.tip, event, sink);
      this.log.push(event);
      this.ids?.set(event.id, event);
    }
  }

  private insert(fresh: readonly SessionEvent[], gone: ReadonlySet<SessionEvent>, sink: CountSink): void {
    this.folded(this.log, reversed(sink));
    const kept = gone.size === 0 ? this.log : this.log.filter((event) => !gone.has(event));
    this.log = [...kept, ...fresh].sort(compareEvents);
    for (const event of fresh) this.ids?.set(event.id, event);
    this.tip = this.folded(this.log, sink);
  }

  private folded(events: readonly SessionEvent[], sink: CountSink): SessionChain {
    const chain = this.base ? copyChain(this.base) : emptyChain();
    for (const event of events) this.step(chain, event, sink);
    return chain;
  }

  private step(chain: SessionChain, event: SessionEvent, sink: CountSink): void {
    stepChain(this.rules, chain, event, this.key.kind === 'loose', sink);
  }

  /** Forgets the ids of events that are older than the retention, or more than are remembered. */
  private forget(now: number): void {
    const { retention, mostEvents } = this.rules;
    const oldest = now - retention;
    let count = 0;
    while (count < this.log.length && (this.log[count]?.time ?? oldest) < oldest) count += 1;
    // A quarter at once: each event is folded once, whatever the number.
    if (this.log.length - count > mostEvents) count = this.log.length - Math.ceil(mostEvents * 0.75);
    if (count > 0) this.fold(count);
  }

  private fold(count: number): void {
    const folded = this.log.slice(0, count);
    const last = folded.at(-1);
    if (!last) return;
    const base = this.base ?? emptyChain();
    for (const event of folded) {
      this.step(base, event, noCounts);
      this.ids?.delete(event.id);
    }
    this.base = base;
    this.horizon = last.time;
    this.log = this.log.slice(count);
    if (base.session && boundItems(base.session)) this.tip = this.folded(this.log, noCounts);
  }
}
