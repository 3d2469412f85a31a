import type { Judgement, KindJudge } from './judgement.ts';
import { addProduct, type MinuteSummary, type ProductCount } from './minute-summary.ts';
import { createProductRates, type ProductRates, type ProductRatesState } from './product-rates.ts';

/** Members of a flood that are named. */
const mostMembers = 200;
/** Actors that a flood has at least: what one or two do is a matter of actors. */
const leastMembers = 3;

/** The sums of a product over minutes. */
function countsOf(item: string, minutes: readonly MinuteSummary[]): ProductCount {
  const counts = minutes.flatMap(({ products }) => products.filter((one) => one.item === item));
  return counts.reduce((sum, one) => addProduct(sum, one, mostMembers));
}

/**
 * Views of one product are far above its own usual number and that of the shop's most viewed product; nobody who looks at it buys, and
 * nobody goes on to other products. A viral product, a sale or a newsletter has carts, or visits that go on.
 */
export function createClickFloodJudge(known: number, state?: unknown): KindJudge {
  const rates = createProductRates(known, state as ProductRatesState | undefined);
  return {
    judge(judgement) {
      const { summary, recent, end, parameters, isWarm } = judgement;
      const { window, least } = parameters.clickFlood;
      const flooded = new Set<string>();
      const busy = summary.products.filter(({ views }) => views * window >= least / 2);
      if (isWarm && busy.length > 0) {
        const minutes = recent.between(end - window * 60_000, end).map((minute) => minute.summary);
        const views = minutes.reduce((sum, one) => sum + one.views, 0);
        for (const { item } of busy) {
          const count = countsOf(item, minutes);
          if (count.views - count.lead >= least && judgeProduct(judgement, count, views, rates))
            flooded.add(item);
        }
      }
      for (const { item, views } of summary.products) if (!flooded.has(item)) rates.add(item, views, end);
      rates.addAll(summary.views, end);
    },
    snapshot: () => rates.snapshot(),
  };
}

/** @returns whether the product is flooded, or too busy to learn from */
function judgeProduct(
  judgement: Judgement,
  count: ProductCount,
  views: number,
  rates: ProductRates,
): boolean {
  const { end, parameters, usual, report } = judgement;
  const { window, least, times, timesTop } = parameters.clickFlood;
  const shop = Math.max(views - count.views, (usual('views')?.high ?? 0) * window);
  const own = rates.partOf(count.item, end) * shop;
  const limit = Math.max(least, times * own, timesTop * rates.topPart(end) * shop);
  if (count.views < limit) return false;
  if (!isUnlikePeople(judgement, count)) return true;
  report({
    kind: 'click-flood',
    subjectType: 'product',
    subject: count.item,
    start: end - window * 60_000,
    end,
    seen: count.views,
    expected: Math.round(own),
    score: Math.round((count.views / limit) * 100) / 100,
    severity: 'critical',
    eventType: 'view',
    rows: judgement.evidence(count.item),
    actors: count.members,
  });
  return true;
}

/** Whether those who looked at a product in the last hour looked at nothing else, and did not buy: neither is chance. */
function isUnlikePeople({ recent, end, parameters, baseline }: Judgement, { item }: ProductCount): boolean {
  const { bought, wentOn, alone, leastBought } = parameters.clickFlood;
  const count = countsOf(
    item,
    recent.between(end - 3_600_000, end).map(({ summary }) => summary),
  );
  if (count.members.length < leastMembers) return false;
  const usuallyBought = (baseline.total('bought') / Math.max(1, baseline.total('views'))) * count.views;
  return (
    usuallyBought >= leastBought &&
    count.bought <= bought * usuallyBought &&
    count.alone >= alone * count.views &&
    count.wentOn <= wentOn * count.landed
  );
}
