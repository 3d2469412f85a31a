import type { EventRow } from '../../record/event-identity.ts';
import type { Report } from '../detector.ts';
import { type CampaignKind, campaignTable } from './campaign-table.ts';
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
  /** See {@link campaignTable}. */
  readonly expected: number;
  /** How many members make it a campaign. */
  readonly limit: number;
  /** The row that showed it. */
  readonly row: EventRow;
}

interface Campaign {
  readonly kind: CampaignKind;
  readonly subject: string;
  /** The first members. */
  readonly members: string[];
  readonly begin: number;
  readonly limit: number;
  /** The number of members. */
  count: number;
  expected: number;
  /** When something was found of it last. */
  last: number;
  toldAt: number;
  isTold: boolean;
}

/** Campaigns as plain data. */
export type OpenCampaignsState = readonly Campaign[];

/** Campaigns that go on. Each is told when it begins, and again when it has grown or gone on. */
export interface OpenCampaigns {
  isOpen(subject: string): boolean;
  /** The campaign of a kind that one of these actors is a member of. */
  ofMember(kind: CampaignKind, names: readonly string[]): string | undefined;
  /** Adds members to a campaign, which may be a new one. With known members it goes on. */
  grow(growth: CampaignGrowth, report: Report): void;
  /** Tells what has grown since it was told, and ends what has not for long enough. `time` is in seconds. */
  reach(time: number, report: Report): void;
  snapshot(): OpenCampaignsState;
}

/** Members whose names are kept. */
const mostMembers = 200;
/** Rows that show a campaign, the last ones. */
const mostRows = 5;
/** Campaigns that are open at once. When there are more, the oldest is forgotten. */
const most = 500;

export function createOpenCampaigns(
  { quiet, every }: OpenCampaignParameters,
  state: OpenCampaignsState = [],
): OpenCampaigns {
  const open = new Map<string, Campaign>(state.map((one) => [one.subject, structuredClone(one)]));
  /** Not part of the state. */
  const rowsOf = new Map<string, EventRow[]>();

  const tell = (campaign: Campaign, time: number, report: Report): void => {
    const { kind, subject, members, begin, count, expected, limit, last } = campaign;
    campaign.toldAt = time;
    campaign.isTold = true;
    report({
      kind,
      subjectType: 'campaign',
      subject,
      start: begin * 1000,
      end: last * 1000,
      seen: count,
      expected: Math.round(expected * 100) / 100,
      score: Math.round((count / limit) * 100) / 100,
      severity: campaignTable[kind].severity,
      eventType: null,
      rows: [...(rowsOf.get(subject) ?? [])],
      actors: [...members],
    });
  };

  const forget = (subject: string): void => {
    open.delete(subject);
    rowsOf.delete(subject);
  };

  const begin = ({ kind, subject, begin, limit, expected, time }: CampaignGrowth): Campaign => {
    const oldest = open.size >= most ? open.keys().next().value : undefined;
    if (oldest !== undefined) forget(oldest);
    const told = { toldAt: Number.NEGATIVE_INFINITY, isTold: false };
    const campaign = { kind, subject, members: [], begin, limit, count: 0, expected, last: time, ...told };
    open.set(subject, campaign);
    return campaign;
  };

  return {
    isOpen: (subject) => open.has(subject),
    ofMember(kind, names) {
      for (const campaign of open.values())
        if (campaign.kind === kind && names.some((name) => campaign.members.includes(name)))
          return campaign.subject;
      return undefined;
    },
    grow(growth, report) {
      const { subject, members, time, row, expected } = growth;
      const campaign = open.get(subject) ?? begin(growth);
      campaign.expected = expected;
      for (const member of members) {
        if (campaign.members.includes(member)) continue;
        if (campaign.members.length < mostMembers) campaign.members.push(member);
        campaign.count += 1;
      }
      campaign.last = time;
      campaign.isTold = false;
      const rows = rowsOf.get(subject) ?? [];
      if (rows.push(row) > mostRows) rows.shift();
      rowsOf.set(subject, rows);
      if (time - campaign.toldAt >= every) tell(campaign, time, report);
    },
    reach(time, report) {
      for (const campaign of open.values()) {
        if (!campaign.isTold && time - campaign.toldAt >= every) tell(campaign, time, report);
        if (time - campaign.last > quiet) forget(campaign.subject);
      }
    },
    snapshot: () => structuredClone([...open.values()]),
  };
}
