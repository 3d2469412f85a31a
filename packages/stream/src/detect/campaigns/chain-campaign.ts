import type { EventRow } from '../../record/event-identity.ts';
import type { Report } from '../detector.ts';
import type { CampaignKind } from './campaign-kinds.ts';
import type { OpenCampaigns } from './open-campaigns.ts';
import type { ChainEvidence } from './relay-chains.ts';

/** What makes a chain of accounts a campaign. */
export interface ChainLimits {
  /** Accounts in a chain. */
  readonly members: number;
  /** How many times longer than the longest chain that is likely by chance it has to be. */
  readonly times: number;
  /** The chance of such a chain among accounts that come independently, as -ln(chance). */
  readonly evidence: number;
}

/**
 * Tells of a chain if it is too long for chance, or part of an open campaign. The account at its end is a member when another one has
 * followed it: a shopper who happens to come when an account has stopped is seldom followed.
 *
 * @param time of the row, in seconds
 */
export function reportChain(
  kind: CampaignKind,
  { relay, expected, evidence }: ChainEvidence,
  { members: least, times, evidence: leastEvidence }: ChainLimits,
  campaigns: OpenCampaigns,
  { row, time }: { readonly row: EventRow; readonly time: number },
  report: Report,
): void {
  const members = relay.members.slice(0, -1);
  if (members.length === 0) return;
  if (relay.campaign === '' || !campaigns.isOpen(relay.campaign)) {
    const isLong = relay.length > least && relay.length >= times * expected;
    if (!isLong || evidence < leastEvidence) return;
    relay.campaign = campaigns.ofMember(kind, members) ?? `${kind}:${members[0] ?? relay.name}`;
  }
  const found = { kind, subject: relay.campaign, members, begin: relay.since, time } as const;
  campaigns.grow({ ...found, expected, limit: least, row }, report);
}
