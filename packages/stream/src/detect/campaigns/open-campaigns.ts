import type { EventRow } from '../../record/event-identity.ts';
import { mostMembers, type Report } from '../detector.ts';
import { type PackedRow, packRow, unpackRow } from '../packed-row.ts';
import { type CampaignKind, campaignKindWords } from './campaign-kinds.ts';
import type { OpenCampaignParameters } from './parameters.ts';

/** What is found of a campaign. Times are in seconds since 1970. */
export interface CampaignGrowth {
  readonly kind: CampaignKind;
  /** The same for all that is found of the campaign. */
  readonly subject: string;
  /** Actors that are part of it, of whom some may be known already. */
  readonly members: readonly string[];
  /** When its first row was. */
  readonly begin: number;
  readonly time: number;
  /** See {@link campaignKindWords}. */
  readonly expected: number;
  /** How many members make it a campaign. */
  readonly limit: number;
  /** The row that showed it. */
  readonly row: EventRow;
}

interface Campaign {
  readonly kind: CampaignKind;
  readonly subject: string;
  /** The first members. More than an incident names are not counted. */
  readonly members: string[];
  readonly begin: number;
  readonly limit: number;
  expected: number;
  /** When something was found of it last. */
  last: number;
  toldAt: number;
  isTold: boolean;
  /** How many members it had when it was told. */
  toldMembers: number;
  /** Rows that show it, the last ones. */
  readonly rows: EventRow[];
}

/** Campaigns as plain data. */
export type OpenCampaignsState = readonly (Omit<Campaign, 'rows'> & {
  readonly rows: readonly PackedRow[];
})[];

/** Campaigns that go on. Each is told when it begins, and again when it has grown or gone on. */
export interface OpenCampaigns {
  isOpen(subject: string): boolean;
  /** The campaign of a kind that one of these actors is a member of. */
  ofMember(kind: CampaignKind, names: readonly string[]): string | undefined;
  /** Adds members to a campaign, which may be a new one. With known members it goes on. */
  grow(growth: CampaignGrowth, report: Report): void;
  /** Tells what has grown since it was told, and forgets what has not for long enough. `time` is in seconds. */
  reach(time: number, report: Report): void;
  snapshot(): OpenCampaignsState;
}

/** Rows that are kept. */
const mostRows = 5;
/** Campaigns that are open at once. When there are more, the oldest is forgotten. */
const most = 500;

export function createOpenCampaigns(
  { quiet, every, known }: OpenCampaignParameters,
  state: OpenCampaignsState = [],
): OpenCampaigns {
  const open = new Map<string, Campaign>(
    state.map((one) => [one.subject, { ...one, members: [...one.members], rows: one.rows.map(unpackRow) }]),
  );

  /** The open campaign of a member, by kind and name. */
  const subjectOf = new Map<string, string>();
  const keyOf = (kind: CampaignKind, name: string): string => `${kind} ${name}`;
  for (const { kind, subject, members } of open.values())
    for (const name of members) subjectOf.set(keyOf(kind, name), subject);

  const end = ({ kind, subject, members }: Campaign): void => {
    open.delete(subject);
    for (const name of members) {
      const key = keyOf(kind, name);
      if (subjectOf.get(key) === subject) subjectOf.delete(key);
    }
  };

  const tell = (campaign: Campaign, time: number, report: Report): void => {
    const { kind, subject, members, begin, expected, limit, last } = campaign;
    campaign.toldAt = time;
    campaign.isTold = true;
    campaign.toldMembers = members.length;
    report({
      kind,
      subjectType: 'campaign',
      subject,
      start: begin * 1000,
      end: last * 1000,
      seen: members.length,
      expected: Math.round(expected * 100) / 100,
      score: Math.round((members.length / limit) * 100) / 100,
      severity: campaignKindWords[kind].severity,
      eventType: null,
      rows: [...campaign.rows],
      actors: [...members],
    });
  };

  const begin = ({ kind, subject, begin, limit, expected, time }: CampaignGrowth): Campaign => {
    const oldest = open.size >= most ? open.values().next().value : undefined;
    if (oldest !== undefined) end(oldest);
    const told = { toldAt: Number.NEGATIVE_INFINITY, isTold: false, toldMembers: 0, rows: [] };
    const campaign = { kind, subject, members: [], begin, limit, expected, last: time, ...told };
    open.set(subject, campaign);
    return campaign;
  };

  return {
    isOpen: (subject) => open.has(subject),
    ofMember(kind, names) {
      for (const name of names) {
        const subject = subjectOf.get(keyOf(kind, name));
        if (subject !== undefined) return subject;
      }
      return undefined;
    },
    grow(growth, report) {
      const { subject, members, time, row, expected } = growth;
      const campaign = open.get(subject) ?? begin(growth);
      campaign.expected = expected;
      for (const member of members) {
        const key = keyOf(campaign.kind, member);
        if (subjectOf.get(key) === subject || campaign.members.length >= mostMembers) continue;
        campaign.members.push(member);
        subjectOf.set(key, subject);
      }
      // What was over, and is back with the same members, is known.
      const isBack = campaign.toldMembers > 0 && time - campaign.toldAt > quiet;
      campaign.last = time;
      if (isBack && campaign.members.length <= campaign.toldMembers) return;
      campaign.isTold = false;
      if (campaign.rows.push(row) > mostRows) campaign.rows.shift();
      if (time - campaign.toldAt >= every) tell(campaign, time, report);
    },
    reach(time, report) {
      for (const campaign of open.values()) {
        if (!campaign.isTold && time - campaign.toldAt >= every) tell(campaign, time, report);
        if (time - campaign.last > quiet + known) end(campaign);
      }
    },
    snapshot: () =>
      [...open.values()].map((one) => ({ ...one, members: [...one.members], rows: one.rows.map(packRow) })),
  };
}
