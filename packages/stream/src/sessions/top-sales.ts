import { amountText } from './event-amount.ts';
import type { SalesTotals } from './minute-totals.ts';
import type { SessionRules } from './session-rules.ts';
import type { ItemSales } from './session-store.ts';

/** Adds the sales of minutes up, the most first; equal ones by name. Items whose sales were taken back are left out. */
export function salesOf(
  rules: SessionRules,
  minutes: Iterable<ReadonlyMap<string, SalesTotals>>,
  by: 'purchases' | 'revenue',
): ItemSales[] {
  const sums = new Map<string, SalesTotals>();
  for (const items of minutes)
    for (const [item, { purchases, revenue }] of items) {
      const sum = sums.get(item);
      if (sum) {
        sum.purchases += purchases;
        sum.revenue += revenue;
      } else sums.set(item, { purchases, revenue });
    }
  const compare = ([one, a]: [string, SalesTotals], [other, b]: [string, SalesTotals]): number => {
    const order = by === 'purchases' ? b.purchases - a.purchases : sign(b.revenue - a.revenue);
    return order !== 0 ? order : one < other ? -1 : 1;
  };
  return [...sums]
    .filter(([, { purchases }]) => purchases > 0)
    .sort(compare)
    .map(([item, { purchases, revenue }]) => ({
      item,
      purchases,
      revenue: rules.hasAmounts ? amountText(revenue, rules.scale) : null,
    }));
}

const sign = (units: bigint): number => (units > 0n ? 1 : units < 0n ? -1 : 0);
