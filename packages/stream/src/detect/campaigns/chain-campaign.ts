import type { EventRow } from '../../record/event-identity.ts';
import type { Report } from '../detector.ts';
import type { CampaignKind } from './campaign-kinds.ts';
import type { OpenCampaigns } from './open-campaigns.ts';
import type { ChainEvidence, RelayChains } from './relay-chains.ts';

/** What makes a chain of accounts a campaign. */
export interface ChainLimits {
  /** Accounts in a chain. */
  readonly members: number;
  /** -ln of the number of such chains a day that are expected by chance: 7 is one in three years. */
  readonly evidence: number;
}

/** Evidence by which a chain has to have grown: when a campaign has ended, shoppers follow its last accounts by chance. */
const leastGain = 1;

/**
 * Tells of a chain if it is too long for chance, or part of an open campaign. The account at its end is a member when another one has
 * followed it: a shopper who happens to come when an account has stopped is seldom followed.
 *
 * @param time of the row, in seconds
 */
export function reportChain(
  kind: CampaignKind,
  { relay, expected, evidence }: ChainEvidence,
  { members: least, evidence: leastEvidence }: ChainLimits,
  { chains, campaigns }: { readonly chains: RelayChains; readonly campaigns: OpenCampaigns },
  { row, time }: { readonly row: EventRow; readonly time: number },
  report: Report,
): void {
  const members = relay.members.slice(0, -1);
  if (members.length === 0 || relay.evidence < relay.told + leastGain) return;
  if (relay.campaign === '' || !campaigns.isOpen(relay.campaign)) {
    if (relay.length <= least || evidence < leastEvidence) return;
    relay.campaign = campaigns.ofMember(kind, members) ?? `${kind}:${members[0] ?? relay.name}`;
  }
  chains.tell(relay);
  const found = { kind, subject: relay.campaign, members, begin: relay.since, time } as const;
  campaigns.grow({ ...found, expected, limit: least, row }, report);
}
