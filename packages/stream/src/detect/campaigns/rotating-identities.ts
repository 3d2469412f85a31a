import type { CampaignRule } from './campaign-rule.ts';
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
  const chains = createRelayChains(state?.chains);
  return {
    observe({ action, item, row }, actor, time, report) {
      if (action !== 'view' || item === undefined) return;
      const hash = hashOf(item);
      const rarity = views.count(hash);
      if (hash === actor.item) return;
      actor.item = hash;
      actor.views += 1;
      actor.rarity += rarity;
      if (actor.chains & bit) return chains.touch(actor.name, time);
      const { rows, name, begin } = actor;
      const pace = (time - begin) / (rows - 1);
      // Judged once: an account that goes on is a scraper of its own.
      if (rows < parameters.rows || rows > 3 * parameters.rows || actor.views < rows) return;
      if (actor.rarity < parameters.rarity * rows || views.seen < parameters.views) return;
      if (pace > parameters.slowest) return;
      actor.chains |= bit;
      const { relay, expected, evidence } = chains.add({ name, begin, end: time, pace }, (other) =>
        Math.max(pace, other) > parameters.pace * Math.max(1, Math.min(pace, other))
          ? undefined
          : Math.max(2, (parameters.gaps * (pace + other)) / 2),
      );
      const isOpen = relay.campaign !== '' && campaigns.isOpen(relay.campaign);
      const least = Math.max(parameters.members, parameters.times * expected);
      if (!isOpen && (relay.length < least || evidence < parameters.evidence)) return;
      if (!isOpen)
        relay.campaign =
          campaigns.ofMember('rotating-identities', relay.members) ??
          `rotating-identities:${relay.members[0] ?? name}`;
      campaigns.grow(
        {
          kind: 'rotating-identities',
          subject: relay.campaign,
          members: isOpen ? [name] : relay.members,
          begin: relay.since,
          time,
          expected,
          limit: parameters.members,
          row,
        },
        report,
      );
    },
    reach: views.reach,
    snapshot: (share) => ({ views: views.snapshot(share), chains: chains.snapshot() }),
  };
}
