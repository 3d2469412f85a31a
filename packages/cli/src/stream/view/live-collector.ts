import type { LiveStore, MinuteCounts } from '@headwater/stream';
import { type HourCounting, hourCounts } from './hour-counts.ts';
import type { IncidentList } from './incident-list.ts';
import type { LiveFigures, PageCounts, RunCounts } from './live-figures.ts';
import { sumAmounts } from './sum-amounts.ts';

/** What a moment is collected from. */
export interface CollectorOptions {
  readonly table: string;
  readonly lake: string;
  readonly speed: number;
  /** What the table can say. */
  readonly capabilities: ReadonlySet<'sessions' | 'carts' | 'sales' | 'revenue'>;
  readonly store: LiveStore;
  readonly incidents: Pick<IncidentList, 'shown' | 'count'>;
  /** How hours are counted for a page; undefined where none shows the stream. */
  readonly page?: Omit<HourCounting, 'capabilities'> | undefined;
}

/** Where a run is. */
export interface RunMoment {
  readonly clock: Date | undefined;
  /** The minute from which the store has counts. Undefined before the first event. */
  readonly range: { readonly counted: Date } | undefined;
  readonly counts: RunCounts;
  readonly isEnding: boolean;
}

/** Minutes of event time that are drawn, and over which the top sellers are. */
const shownMinutes = 60;
const topMinutes = 60;
/** Seconds of events in which a visitor is one of now. */
const visitorSeconds = 300;
/** Seconds of real time over which the rate is. */
const rateSeconds = 3;

/**
 * Collects moments of a run for a screen: what the store says as of the latest event, and the course of the last hour of event time. Call it
 * a few times in a second.
 */
export function createLiveCollector(options: CollectorOptions): (run: RunMoment) => Promise<LiveFigures> {
  const { table, lake, speed, capabilities, store, incidents } = options;
  const began = performance.now();
  const [sessions, carts, values] = [new Course(), new Course(), new Course()];
  const arrivals = new Arrivals();
  let sent: { readonly at: number; readonly records: number }[] = [];
  return async ({ clock, range, counts, isEnding }) => {
    const at = performance.now();
    sent = [...sent.filter((one) => one.at > at - rateSeconds * 1000), { at, records: counts.sent }];
    const [first = { at: began, records: 0 }] = sent;
    const rate = at > first.at ? ((counts.sent - first.records) / (at - first.at)) * 1000 : 0;
    const now = clock ?? new Date(0);
    const minutes =
      clock && range
        ? await store.minutes({ from: range.counted, to: new Date(now.getTime() + 1) }, now)
        : [];
    const none = { limit: 0 };
    const active = clock && capabilities.has('sessions') ? await store.activeSessions(now, none) : undefined;
    const open = clock && capabilities.has('carts') ? await store.openCarts(now, none) : undefined;
    const top =
      clock && capabilities.has('sales') ? await store.topItems(now, { limit: 10, minutes: topMinutes }) : [];
    const arrived = arrivals.see(clock);
    const page = options.page && {
      visitors: clock && capabilities.has('sessions') ? await store.visitors(now, visitorSeconds) : null,
      funnel: funnelOf(minutes, now, capabilities),
      arrived,
      countedFrom: range?.counted,
      hours: hourCounts(minutes, now, { ...options.page, capabilities }),
    };
    return {
      ...{ table, lake, page, clock, speed, counts, rate, isEnding, topMinutes },
      seconds: (at - began) / 1000,
      eventsPerMinute: lastMinutes(minutes, now),
      sessions: capabilities.has('sessions') ? sessions.add(now, active?.count ?? 0) : null,
      carts: capabilities.has('carts') ? carts.add(now, open?.count ?? 0) : null,
      cartsValue: open?.value ?? null,
      cartsValues: values.add(now, Number(open?.value ?? 0)),
      totals: totalsOf(minutes, capabilities),
      topItems: capabilities.has('sales') ? top : null,
      incidents: incidents.shown,
      incidentCount: incidents.count,
    };
  };
}

/** A figure as of each minute of event time. */
class Course {
  private readonly values: number[] = [];
  private minute = Number.NaN;

  add(now: Date, value: number): readonly number[] {
    const minute = Math.floor(now.getTime() / 60_000);
    // A minute that passed unseen had the value before it.
    const passed = Math.min(Math.max(0, minute - this.minute), shownMinutes);
    const last = this.values.at(-1) ?? 0;
    for (let step = 1; step < passed; step += 1) this.values.push(last);
    if (passed > 0 || Number.isNaN(this.minute)) this.values.push(value);
    else this.values[this.values.length - 1] = value;
    this.minute = Math.max(minute, Number.isNaN(this.minute) ? minute : this.minute);
    this.values.splice(0, this.values.length - shownMinutes);
    return [...this.values];
  }
}

/** When the latest event came. */
class Arrivals {
  private clock: number | undefined;
  private arrived: Date | undefined;

  see(clock: Date | undefined): Date | undefined {
    const time = clock?.getTime();
    if (time !== this.clock) this.arrived = new Date();
    this.clock = time;
    return this.arrived;
  }
}

function funnelOf(
  minutes: readonly MinuteCounts[],
  now: Date,
  capabilities: CollectorOptions['capabilities'],
): PageCounts['funnel'] {
  if (!capabilities.has('carts')) return null;
  const first = (Math.floor(now.getTime() / 60_000) - topMinutes + 1) * 60_000;
  const funnel = { sessions: 0, cartSessions: 0, purchaseSessions: 0 };
  for (const one of minutes) {
    if (one.minute.getTime() < first) continue;
    funnel.sessions += one.sessions;
    funnel.cartSessions += one.cartSessions;
    funnel.purchaseSessions += one.purchaseSessions;
  }
  return funnel;
}

/** The events of each of the last whole minutes; the one that goes on would seem to fall. */
function lastMinutes(minutes: readonly MinuteCounts[], now: Date): readonly number[] {
  const last = Math.floor(now.getTime() / 60_000);
  const events = new Map(minutes.map(({ minute, events }) => [minute.getTime() / 60_000, events]));
  const first = Math.max(last - shownMinutes, (minutes[0]?.minute.getTime() ?? 0) / 60_000);
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => events.get(first + index) ?? 0);
}

function totalsOf(
  minutes: readonly MinuteCounts[],
  capabilities: CollectorOptions['capabilities'],
): LiveFigures['totals'] {
  const sum = (of: (one: MinuteCounts) => number): number =>
    minutes.reduce((total, one) => total + of(one), 0);
  const hasCarts = capabilities.has('carts');
  return {
    purchases:
      capabilities.has('sales') || capabilities.has('revenue') ? sum(({ purchases }) => purchases) : null,
    revenue: capabilities.has('revenue') ? sumAmounts(minutes.map(({ revenue }) => revenue)) : null,
    cartSessions: hasCarts ? sum(({ cartSessions }) => cartSessions) : null,
    abandoned: hasCarts ? sum(({ abandonedSessions }) => abandonedSessions) : null,
  };
}
