import type { Capability, LiveStore } from '@headwater/stream';
import type { RecordCounts } from '@headwater/stream/local';
import { sumAmounts } from '../view/sum-amounts.ts';
import type { EventRange } from './event-span.ts';
import type { LiveCounts } from './run-summary.ts';

/** What became of the events of a run's deliveries. */
export interface AppliedEvents {
  applied: number;
  duplicates: number;
  late: number;
}

/** Sums what a store has counted by minute. */
export async function liveCounts(
  store: LiveStore,
  capabilities: ReadonlySet<Capability>,
  { applied, duplicates, late }: AppliedEvents,
  { rejected }: RecordCounts,
  range: EventRange | undefined,
): Promise<LiveCounts> {
  const minutes = range
    ? await store.minutes({ from: range.counted, to: new Date(range.to.getTime() + 1) }, range.to)
    : [];
  type Minute = (typeof minutes)[number];
  const sum = (of: (one: Minute) => number): number => minutes.reduce((total, one) => total + of(one), 0);
  const ifCan = <Value>(name: Capability, value: () => Value): Value | null =>
    capabilities.has(name) ? value() : null;
  const hasAmounts = minutes.some(({ abandonedValue }) => abandonedValue !== null);
  const canBuy = capabilities.has('sales') || capabilities.has('revenue');
  return {
    ...{ events: applied, repeated: duplicates, late, rejected },
    sessions: ifCan('sessions', () => sum(({ sessions }) => sessions)),
    purchases: canBuy ? sum(({ purchases }) => purchases) : null,
    revenue: ifCan('revenue', () => sumAmounts(minutes.map(({ revenue }) => revenue))),
    cartSessions: ifCan('carts', () => sum(({ cartSessions }) => cartSessions)),
    abandonedSessions: ifCan('carts', () => sum(({ abandonedSessions }) => abandonedSessions)),
    abandonedValue: hasAmounts
      ? ifCan('carts', () => sumAmounts(minutes.map(({ abandonedValue }) => abandonedValue)))
      : null,
  };
}
