import type { CampaignRule } from './campaign-rule.ts';
import { reportChain } from './chain-campaign.ts';
import type { OpenCampaigns } from './open-campaigns.ts';
import type { CardingParameters } from './parameters.ts';
import { createPriceLevels, type PriceLevelsState } from './price-levels.ts';
import { createRelayChains, type RelayChainsState } from './relay-chains.ts';

export interface CardingState {
  readonly prices: PriceLevelsState;
  readonly chains: RelayChainsState;
}

/** The bit of {@link RecentActor.chains} for this kind. */
const bit = 2;

/** A test of stolen cards: new accounts, one after the other, that buy something cheap from their first rows on. */
export function createCarding(
  parameters: CardingParameters,
  campaigns: OpenCampaigns,
  state?: CardingState,
): CampaignRule {
  const prices = createPriceLevels(state?.prices);
  const { pause, pace } = parameters;
  const chains = createRelayChains(
    {
      pace,
      windows: () => [
        [0.5, pause / 4],
        [0.5, pause],
      ],
      grades: [0.3, 0.3, 0.2, 0.2],
    },
    state?.chains,
  );
  /** Each purchase more than necessary is a grade. */
  const gradeOf = (purchases: number): number => Math.min(3, Math.max(0, purchases - parameters.purchases));
  return {
    observe({ action, price, row }, actor, time, report) {
      if (price === undefined) return;
      if (action === 'view') prices.count(price);
      if (actor.chains & bit)
        chains.touch(actor.name, time, gradeOf(actor.purchases + (action === 'purchase' ? 1 : 0)));
      if (action !== 'purchase') return;
      const { rows, name, begin } = actor;
      actor.purchases += 1;
      if (actor.firstPurchase === 0) actor.firstPurchase = rows;
      if (prices.isBelow(price, parameters.cheap)) actor.cheapPurchases += 1;
      if (actor.chains & bit || actor.purchases < parameters.purchases) return;
      const isCheap = actor.cheapPurchases === actor.purchases;
      // As many purchases as other rows: people who buy look at more.
      const isDirect = actor.firstPurchase <= parameters.rowsBefore && 2 * actor.purchases >= rows;
      if (!isCheap || !isDirect || prices.seen < parameters.views) return;
      actor.chains |= bit;
      const chain = chains.add({ name, begin, end: time, pace: (time - begin) / (rows - 1), grade: 0 });
      reportChain('carding', chain, parameters, { chains, campaigns }, { row, time }, report);
    },
    reach(time) {
      prices.reach(time);
      chains.reach(time);
    },
    snapshot: () => ({ prices: prices.snapshot(), chains: chains.snapshot() }),
  };
}
