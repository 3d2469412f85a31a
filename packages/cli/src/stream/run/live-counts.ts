import type { Capability, LiveStore } from '@headwater/stream';
import type { RecordCounts } from '@headwater/stream/local';
import { sumAmounts } from '../view/live-collector.ts';
import type { LiveCounts } from './run-summary.ts';

/** What became of the events of a run's deliveries. */
export interface AppliedEvents {
  applied: number;
  duplicates: number;
  late: number;
}

/** Counts of a run, and the first minute with an event. */
export interface CountedRun {
  readonly live: LiveCounts;
  readonly from: string | null;
}

/** Sums what a store has counted by minute. */
export async function liveCounts(
  store: LiveStore,
  capabilities: ReadonlySet<Capability>,
  { applied, duplicates, late }: AppliedEvents,
  { rejected }: RecordCounts,
  { since, now }: { readonly since: Date; readonly now: Date },
): Promise<CountedRun> {
  const minutes = await store.minutes({ from: since, to: new Date(now.getTime() + 1) }, now);
  type Minute = (typeof minutes)[number];
  const sum = (of: (one: Minute) => number): number => minutes.reduce((total, one) => total + of(one), 0);
  const ifCan = <Value>(name: Capability, value: () => Value): Value | null =>
    capabilities.has(name) ? value() : null;
  const hasAmounts = minutes.some(({ abandonedValue }) => abandonedValue !== null);
  const canBuy = capabilities.has('sales') || capabilities.has('revenue');
  return {
    from: minutes[0]?.minute.toISOString() ?? null,
    live: {
      ...{ events: applied, repeated: duplicates, late, rejected },
      sessions: ifCan('sessions', () => sum(({ sessions }) => sessions)),
      purchases: canBuy ? sum(({ purchases }) => purchases) : null,
      revenue: ifCan('revenue', () => sumAmounts(minutes.map(({ revenue }) => revenue))),
      cartSessions: ifCan('carts', () => sum(({ cartSessions }) => cartSessions)),
      abandonedSessions: ifCan('carts', () => sum(({ abandonedSessions }) => abandonedSessions)),
      abandonedValue: hasAmounts
        ? ifCan('carts', () => sumAmounts(minutes.map(({ abandonedValue }) => abandonedValue)))
        : null,
    },
  };
}
