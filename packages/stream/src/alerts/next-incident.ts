import { createHash } from 'node:crypto';
import type { Finding } from './finding.ts';
import { type Incident, incidentVersion, type Notice } from './incident.ts';

/** A finding that may be stored and told: its subject and its rows are what others may see. */
export type ToldFinding = Finding & Pick<Incident, 'evidence' | 'actors'>;

/** When incidents end and how often they are told, in milliseconds. The watcher has the same `quiet`. */
export interface IncidentRule {
  /** Without a window beyond the limit for this long, an incident ends. */
  readonly quiet: number;
  /** Between two updates of an incident at least this long passes. */
  readonly cooldown: number;
}

/** An incident as a store keeps it: the latest of its subject and kind. */
export interface StoredIncident {
  /** As it was opened, with its worst window. */
  readonly incident: Incident;
  /** The ends of its first and its last window beyond the limit. */
  readonly first: number;
  readonly last: number;
  readonly isClosed: boolean;
  /** What was told last: when, and how bad it was. */
  readonly toldAt: number;
  readonly toldScore: number;
  /** How much of it was told. */
  readonly told: number;
}

/** What follows from a finding. */
export interface IncidentStep {
  /** The same object when nothing changed. */
  readonly stored: StoredIncident | undefined;
  readonly notices: readonly Notice[];
}

/** It is told again when it is this many times worse. */
const worse = 2;

/**
 * What follows from a finding for the incident of its subject and kind. A finding that is applied again changes nothing, so that
 * a batch may be delivered twice.
 *
 * A window belongs to the latest incident unless it ended more than `quiet` after that one's last window. One that ended more than
 * `quiet` before its first window is of an earlier incident, which was told, and is ignored.
 */
export function nextIncident(
  stored: StoredIncident | undefined,
  finding: ToldFinding,
  { quiet, cooldown }: IncidentRule,
): IncidentStep {
  const unchanged = { stored, notices: [] };
  if (finding.finding === 'quiet')
    return stored !== undefined && !stored.isClosed && stored.last <= finding.end
      ? tell({ ...stored, isClosed: true }, 'closed', finding.time)
      : unchanged;
  if (stored === undefined || finding.end > stored.last + quiet) {
    const opened = openIncident(finding);
    const open = tell(opened, 'open', finding.time);
    if (stored === undefined || stored.isClosed) return open;
    // Nobody said that the one before had become quiet.
    const closed = tell({ ...stored, isClosed: true }, 'closed', stored.last + quiet);
    return { stored: open.stored, notices: [...closed.notices, ...open.notices] };
  }
  const isKnown = finding.end <= stored.last && finding.score <= stored.incident.score;
  if (isKnown || finding.end < stored.first - quiet) return unchanged;
  const isWorst = finding.score > stored.incident.score;
  const continued: StoredIncident = {
    ...stored,
    incident: isWorst ? { ...stored.incident, ...windowOf(finding) } : stored.incident,
    last: Math.max(stored.last, finding.end),
    isClosed: false,
  };
  const isTold =
    continued.incident.score >= worse * stored.toldScore && finding.time >= stored.toldAt + cooldown;
  return isTold ? tell(continued, 'update', finding.time) : { stored: continued, notices: [] };
}

type ToldBreach = Extract<ToldFinding, { finding: 'breach' }>;

/** The part of an incident that is of one window. */
const windowOf = ({ score, expected, seen, evidence, actors, severity }: ToldBreach) => ({
  score,
  expected,
  seen,
  evidence,
  actors,
  severity,
});

function openIncident(finding: ToldBreach): StoredIncident {
  const { kind, subjectType, subject, end } = finding;
  const incident: Incident = {
    version: incidentVersion,
    time: new Date(finding.time).toISOString(),
    subject_type: subjectType,
    subject,
    kind,
    severity: finding.severity,
    score: finding.score,
    window_s: (end - finding.start) / 1000,
    event_type: finding.eventType,
    actors: finding.actors,
    expected: finding.expected,
    seen: finding.seen,
    evidence: finding.evidence,
    // From the subject, the kind and the first window alone: every instance that finds it gives it the same id.
    incident: createHash('sha256')
      .update(JSON.stringify([kind, subjectType, subject, end]))
      .digest('hex')
      .slice(0, 24),
    state: 'open',
  };
  return { incident, first: end, last: end, isClosed: false, toldAt: 0, toldScore: 0, told: 0 };
}

function tell(stored: StoredIncident, state: Incident['state'], time: number): IncidentStep {
  const incident: Incident = { ...stored.incident, state, time: new Date(time).toISOString() };
  const notice: Notice = { id: `${incident.incident}-${stored.told}-${state}`, incident };
  return {
    stored: { ...stored, toldAt: time, toldScore: stored.incident.score, told: stored.told + 1 },
    notices: [notice],
  };
}
