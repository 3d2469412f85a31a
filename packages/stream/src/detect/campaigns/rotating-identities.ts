import type { CampaignRule } from './campaign-rule.ts';
import { reportChain } from './chain-campaign.ts';
import type { OpenCampaigns } from './open-campaigns.ts';
import type { RotatingIdentitiesParameters } from './parameters.ts';
import { createProductViews, hashOf, type ProductViewsState } from './product-views.ts';
import { createRelayChains, type RelayChainsState } from './relay-chains.ts';

export interface RotatingIdentitiesState {
  readonly views: ProductViewsState;
  readonly chains: RelayChainsState;
}

/** The bit of {@link RecentActor.chains} for this kind. */
const bit = 1;

/**
 * One scraper that changes its account after a few rows, so that no account looks busy: a chain of new accounts, each of which views
 * different rare products only, and begins where another one stopped, at its pace.
 */
export function createRotatingIdentities(
  parameters: RotatingIdentitiesParameters,
  productCells: number,
  campaigns: OpenCampaigns,
  state?: RotatingIdentitiesState,
): CampaignRule {
  const views = createProductViews(productCells, state?.views);
  const { gaps, rows: leastRows } = parameters;
  const chains = createRelayChains(
    {
      pace: parameters.pace,
      windows: (pace) => [
        [0.5, Math.max(1, (pace * gaps) / 2)],
        [0.3, Math.max(2, pace * gaps)],
        // One account may be missing: it had too few rows.
        [0.2, Math.max(4, pace * (2 * gaps + leastRows))],
      ],
      // As a uniform choice among the products gives them.
      grades: [0.1, 0.15, 0.25, 0.5],
    },
    state?.chains,
  );
  return {
    observe({ action, item, row }, actor, time, report) {
      const isSuspicious = (actor.chains & bit) !== 0;
      if (isSuspicious && action !== 'view') return chains.drop(actor.name);
      if (action !== 'view' || item === undefined) return;
      const hash = hashOf(item);
      const rarity = views.count(hash);
      if (hash === actor.item) return;
      actor.item = hash;
      actor.views += 1;
      actor.rarity += rarity;
      // From the least rarity on, three tenths to a grade.
      const grade = Math.max(
        0,
        Math.min(3, Math.floor((actor.rarity / actor.views - parameters.rarity) / 0.3)),
      );
      if (isSuspicious) return chains.touch(actor.name, time, grade);
      const { rows, name, begin } = actor;
      const pace = (time - begin) / (rows - 1);
      // Judged once: an account that goes on is a scraper of its own.
      if (rows < parameters.rows || rows > 3 * parameters.rows || actor.views < rows) return;
      if (actor.rarity < parameters.rarity * rows || views.seen < parameters.views) return;
      if (pace > parameters.slowest) return;
      actor.chains |= bit;
      const chain = chains.add({ name, begin, end: time, pace, grade });
      reportChain('rotating-identities', chain, parameters, { chains, campaigns }, { row, time }, report);
    },
    reach(time) {
      views.reach(time);
      chains.reach(time);
    },
    snapshot: (share) => ({ views: views.snapshot(share), chains: chains.snapshot() }),
  };
}
