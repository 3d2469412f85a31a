import type { Severity } from '../../alerts/threshold.ts';

/** What a kind's figures mean, for documents and the live view. */
interface CampaignWords {
  /** What `seen` counts. */
  readonly seen: string;
  /** What `expected` is. */
  readonly expected: string;
  /** Why it is no shopper. */
  readonly why: string;
  readonly severity: Severity;
}

/** The kinds of campaigns: what their figures mean, and why that is no group of shoppers. */
export const campaignKindWords = {
  'rotating-identities': {
    seen: 'accounts in a chain, each of which views rare products only and begins where the one before stopped, at its pace',
    expected: 'the longest chain that is likely among that many accounts, if they came independently',
    why: 'shoppers do not wait for each other, and view what others view',
    severity: 'warning',
  },
  carding: {
    seen: 'new accounts, one after the other, that bought something cheap from their first rows on',
    expected: 'the longest chain that is likely among that many such accounts, if they came independently',
    why: 'people look around before they buy, and then buy what they came for',
    severity: 'critical',
  },
  'credential-churn': {
    seen: 'accounts with short sessions that follow each other at one pace, and never overlap',
    expected: 'none',
    why: 'sessions of people who share an account overlap, and one person stays in one session',
    severity: 'critical',
  },
  'lockstep-ring': {
    seen: 'actors with the same run of products and the same gaps between them',
    expected: 'actors with equal gaps by chance, among those with this run of products',
    why: 'people who follow the same list do so at a pace of their own',
    severity: 'warning',
  },
} as const satisfies Readonly<Record<string, CampaignWords>>;

/** The name of a kind of campaign. */
export type CampaignKind = keyof typeof campaignKindWords;
