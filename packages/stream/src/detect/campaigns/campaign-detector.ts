import type { DetectorDefinition } from '../detector.ts';
import { campaignKindWords } from './campaign-kinds.ts';
import type { CampaignRule } from './campaign-rule.ts';
import { type CardingState, createCarding } from './carding.ts';
import { type CredentialChurnState, createCredentialChurn } from './credential-churn.ts';
import { createLockstepRing, type LockstepRingState } from './lockstep-ring.ts';
import { createOpenCampaigns, type OpenCampaignsState } from './open-campaigns.ts';
import { type CampaignParameters, campaignParameterRanges, defaultCampaignParameters } from './parameters.ts';
import { createRecentActors, type RecentActorsState } from './recent-actors.ts';
import { createRotatingIdentities, type RotatingIdentitiesState } from './rotating-identities.ts';

interface CampaignState {
  readonly actors: RecentActorsState;
  readonly open: OpenCampaignsState;
  readonly rotating: RotatingIdentitiesState;
  readonly carding: CardingState;
  readonly churn: CredentialChurnState;
  readonly lockstep: LockstepRingState;
}

/**
 * Finds actors that belong together: a scraper that changes its account, a test of stolen cards, accounts that strangers use in turn, and
 * actors that one script moves. An incident is about the campaign, and names its members.
 *
 * On a stream of several shards each of them sees its own actors only, so a campaign may be found in parts, or not at all when too few
 * members come together in one shard. Over a lake all are seen.
 */
export const campaignDetector: DetectorDefinition<CampaignParameters> = {
  kinds: Object.keys(campaignKindWords),
  needs: { roles: ['actor', 'item', 'action'], actions: ['view'] },
  defaults: defaultCampaignParameters,
  ranges: campaignParameterRanges,
  create(_, parameters, state) {
    // What an earlier detector of this definition gave.
    const known = state as CampaignState | undefined;
    const { memory } = parameters;
    const actors = createRecentActors(memory.actors, memory.seconds, known?.actors);
    const open = createOpenCampaigns(parameters.incidents, known?.open);
    const rotating = createRotatingIdentities(
      parameters.rotatingIdentities,
      memory.productCells,
      open,
      known?.rotating,
    );
    const carding = createCarding(parameters.carding, open, known?.carding);
    const churn = createCredentialChurn(parameters.credentialChurn, open, known?.churn);
    const lockstep = createLockstepRing(parameters.lockstepRing, memory.runs, open, known?.lockstep);
    const rules: readonly CampaignRule[] = [rotating, carding, churn, lockstep];
    return {
      observe(event, report) {
        if (event.actor === undefined) return;
        const time = event.time / 1000;
        const actor = actors.at(event.actor, time);
        actor.before = actor.last;
        actor.last = time;
        actor.rows += 1;
        for (const rule of rules) rule.observe(event, actor, time, report);
      },
      endMinute(end, report) {
        for (const rule of rules) rule.reach(end / 1000);
        open.reach(end / 1000, report);
      },
      snapshot: (share = 1) => ({
        actors: actors.snapshot(share),
        open: open.snapshot(),
        rotating: rotating.snapshot(share),
        carding: carding.snapshot(share),
        churn: churn.snapshot(share),
        lockstep: lockstep.snapshot(share),
      }),
    };
  },
};
