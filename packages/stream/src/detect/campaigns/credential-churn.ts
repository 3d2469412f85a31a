import type { CampaignRule } from './campaign-rule.ts';
import type { OpenCampaigns } from './open-campaigns.ts';
import type { CredentialChurnParameters } from './parameters.ts';
import type { RecentActor } from './recent-actors.ts';

/** An account that strangers use in turn. Times are in seconds since 1970. */
interface Churn {
  readonly name: string;
  /** The campaign that it is part of. */
  readonly subject: string;
  /** When its sessions in a row began. */
  readonly begin: number;
  last: number;
  /** Mean seconds between two sessions. */
  pause: number;
}

export type CredentialChurnState = readonly Churn[];

/** Sessions in which a row would show that they overlap. */
const mostEarlier = 6;
/** Accounts that a next one may follow. */
const most = 200;
/** A browser that keeps no session has fewer sessions of several rows: pages that are loaded twice. */
const longerShare = 0.1;

/**
 * Accounts that strangers log into in turn: short sessions that follow each other at a pace, and never overlap. Each account is found by
 * itself. An account that begins when another one of the same pace begins, or when it stopped, is of the same campaign.
 */
export function createCredentialChurn(
  parameters: CredentialChurnParameters,
  campaigns: OpenCampaigns,
  state: CredentialChurnState = [],
): CampaignRule {
  const churns = new Map<string, Churn>(state.map((one) => [one.name, { ...one }]));

  /** The campaign of an account that was not known. */
  const subjectOf = (name: string, begin: number, pause: number): string => {
    const within = parameters.pauses * pause;
    let nearest = within;
    let subject = `credential-churn:${name}`;
    for (const one of churns.values()) {
      const apart = Math.min(Math.abs(begin - one.last), Math.abs(begin - one.begin));
      const isSamePace = Math.max(pause, one.pause) <= parameters.pace * Math.min(pause, one.pause);
      if (apart > nearest || !isSamePace || !campaigns.isOpen(one.subject)) continue;
      nearest = apart;
      subject = one.subject;
    }
    return subject;
  };

  return {
    observe({ session, row }, actor, time, report) {
      if (session === undefined || !isNextVisit(actor, session, time, parameters)) return;
      const { visits, longerVisits, visitsBegin: begin, pauses, pauseSquares, name } = actor;
      const isLost = longerVisits < longerShare * visits;
      if (visits < (isLost ? parameters.lostSessions : parameters.sessions)) return;
      const pause = Math.max(1, pauses / (visits - 1));
      const spread = Math.sqrt(Math.max(0, pauseSquares / (visits - 1) - pause * pause));
      if (spread > parameters.spread * pause) return;
      const known = churns.get(name);
      const isKnown = known?.begin === begin && campaigns.isOpen(known.subject);
      const subject = isKnown ? known.subject : subjectOf(name, begin, pause);
      churns.delete(name);
      churns.set(name, { name, subject, begin, last: time, pause });
      const oldest = churns.size > most ? churns.keys().next().value : undefined;
      if (oldest !== undefined) churns.delete(oldest);
      const found = { kind: 'credential-churn', subject, members: [name], begin, time } as const;
      campaigns.grow({ ...found, expected: 0, limit: 1, row }, report);
    },
    reach: () => {},
    snapshot: () => [...churns.values()].map((one) => ({ ...one })),
  };
}

/** Takes a row into account. Whether it begins a session soon after the end of another short one. */
function isNextVisit(
  actor: RecentActor,
  session: string,
  time: number,
  { rows, lasting, pause: longest }: CredentialChurnParameters,
): boolean {
  if (session === actor.session) {
    actor.visitRows += 1;
    if (actor.visitRows === 2) actor.longerVisits += 1;
    if (actor.visitRows > rows || time - actor.visitBegin > lasting) actor.visits = 0;
    return false;
  }
  const { earlier } = actor;
  const pause = time - actor.before;
  const isBack = earlier.includes(session);
  if (actor.session !== '' && earlier.push(actor.session) > mostEarlier) earlier.shift();
  actor.session = session;
  actor.visitRows = 1;
  actor.visitBegin = time;
  if (isBack || pause > longest || actor.visits === 0) {
    actor.visits = isBack ? 0 : 1;
    actor.visitsBegin = time;
    actor.longerVisits = 0;
    actor.pauses = 0;
    actor.pauseSquares = 0;
    return false;
  }
  actor.visits += 1;
  actor.pauses += pause;
  actor.pauseSquares += pause * pause;
  return true;
}
