import {
  type AmountField,
  amountFields,
  type CountField,
  type CountSink,
  countFields,
} from './count-sink.ts';
import { amountText } from './event-amount.ts';
import type { SessionRules } from './session-rules.ts';
import type { MinuteCounts } from './session-store.ts';

/** The counts of a minute while they are added up; amounts in units of 10^-scale. */
export type MinuteTotals = { [Field in CountField]: number } & { [Field in AmountField]: bigint };

/** Purchases of an item, and their amounts. */
export interface SalesTotals {
  purchases: number;
  revenue: bigint;
}

export const noTotals = (): MinuteTotals => ({
  events: 0,
  eventsWithoutSession: 0,
  visitors: 0,
  sessions: 0,
  purchaseSessions: 0,
  cartSessions: 0,
  abandonedSessions: 0,
  purchases: 0,
  lateEvents: 0,
  revenue: 0n,
  abandonedValue: 0n,
});

/** Adds up what is counted, by minute and by item. */
export class CountTotals implements CountSink {
  readonly minutes = new Map<number, MinuteTotals>();
  readonly sales = new Map<number, Map<string, SalesTotals>>();

  count(minute: number, field: CountField, by: number): void {
    this.at(minute)[field] += by;
  }

  amount(minute: number, field: AmountField, units: bigint): void {
    this.at(minute)[field] += units;
  }

  sale(minute: number, item: string, purchases: number, units: bigint): void {
    let items = this.sales.get(minute);
    if (!items) {
      items = new Map();
      this.sales.set(minute, items);
    }
    const sold = items.get(item);
    if (sold) {
      sold.purchases += purchases;
      sold.revenue += units;
    } else items.set(item, { purchases, revenue: units });
  }

  private at(minute: number): MinuteTotals {
    let totals = this.minutes.get(minute);
    if (!totals) {
      totals = noTotals();
      this.minutes.set(minute, totals);
    }
    return totals;
  }
}

/** Whether nothing is counted: what one event added another took away. */
export const isNothing = (totals: MinuteTotals): boolean =>
  countFields.every((field) => totals[field] === 0) && amountFields.every((field) => totals[field] === 0n);

/** Shows the minutes that have counts, the earliest first. */
export const shownMinutes = (
  rules: SessionRules,
  minutes: Iterable<readonly [minute: number, totals: MinuteTotals]>,
): MinuteCounts[] =>
  [...minutes]
    .filter(([, totals]) => !isNothing(totals))
    .sort(([one], [other]) => one - other)
    .map(([minute, totals]) => minuteCounts(rules, minute, totals));

function minuteCounts(rules: SessionRules, minute: number, totals: MinuteTotals): MinuteCounts {
  const textOf = (units: bigint) => (rules.hasAmounts ? amountText(units, rules.scale) : null);
  return {
    minute: new Date(minute * 60_000),
    ...totals,
    visitors: rules.countsVisitors ? totals.visitors : null,
    revenue: textOf(totals.revenue),
    abandonedValue: textOf(totals.abandonedValue),
  };
}
