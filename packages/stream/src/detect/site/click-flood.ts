import { mostMembers } from '../detector.ts';
import type { Judgement, KindJudge, KindWords } from './judgement.ts';
import type { MinuteSummary } from './minute-summary.ts';
import { membersOfProduct, type ProductNumbers, sumOfProduct } from './product-count.ts';
import { createProductRates, type ProductRates, type ProductRatesState } from './product-rates.ts';

/** Actors that a flood has at least: what one or two do is a matter of actors. */
const leastMembers = 3;

/** Milliseconds in which nine of ten people who go on to another product have done so. */
const settling = 180_000;

/** What the figures of `click-flood` mean. */
export const clickFloodWords: KindWords = {
  seen: 'views of the product in the window',
  expected: 'views that are usual for it at this time',
  why: 'visits look at nothing else, and hardly any buys, for an hour',
};

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
          const count = sumOfProduct(item, minutes);
          if (count.views - count.lead >= least && judgeProduct(judgement, item, count, views, rates))
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
  item: string,
  count: ProductNumbers,
  views: number,
  rates: ProductRates,
): boolean {
  const { end, parameters, usual, report } = judgement;
  const { window, least, times, timesTop } = parameters.clickFlood;
  const shop = Math.max(views - count.views, (usual('views')?.high ?? 0) * window);
  const own = rates.partOf(item, end) * shop;
  const limit = Math.max(least, times * own, timesTop * rates.topPart(end) * shop);
  if (count.views < limit) return false;
  if (!isUnlikePeople(judgement, item)) return true;
  report({
    kind: 'click-flood',
    subjectType: 'product',
    subject: item,
    start: end - window * 60_000,
    end,
    seen: count.views,
    expected: Math.round(own),
    score: Math.round((count.views / limit) * 100) / 100,
    severity: 'critical',
    eventType: 'view',
    rows: judgement.evidence(item),
    actors: membersOfProduct(item, hourBefore(judgement), mostMembers),
  });
  return true;
}

/**
 * Whether those who looked at a product in the last hour looked at nothing else, and did not buy: neither is chance. A crowd that looks
 * once and leaves may be one of people whom a link brought, unless nobody goes on. Who came in the last minutes had no time to show it.
 */
function isUnlikePeople(judgement: Judgement, item: string): boolean {
  const { end, parameters, baseline } = judgement;
  const { bought, wentOn, loads, wentOnOnce, alone, leastBought } = parameters.clickFlood;
  const hour = hourBefore(judgement);
  const count = sumOfProduct(item, hour);
  const settled = sumOfProduct(
    item,
    hour.filter(({ start }) => start < end - settling),
  );
  if (settled.landed < leastMembers) return false;
  const usuallyBought = (baseline.total('bought') / Math.max(1, baseline.total('views'))) * settled.views;
  const mostWentOn = settled.views >= loads * settled.landed ? wentOn : wentOnOnce;
  return (
    usuallyBought >= leastBought &&
    count.bought <= bought * usuallyBought &&
    count.alone >= alone * count.views &&
    count.wentOn <= mostWentOn * settled.landed
  );
}

const hourBefore = ({ recent, end }: Judgement): MinuteSummary[] =>
  recent.between(end - 3_600_000, end).map(({ summary }) => summary);
