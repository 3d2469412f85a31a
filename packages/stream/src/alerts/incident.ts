import type { IncidentSubject } from './finding.ts';
import type { MaskedRow } from './masked-row.ts';
import type { Severity } from './threshold.ts';

/** The version of the form of {@link Incident}. It changes when a field changes its meaning or goes. */
export const incidentVersion = 1;

/** Where an incident stands. */
export type IncidentState = 'open' | 'update' | 'closed';

/**
 * What is told of an incident: one line of JSON. An incident is opened once, updated when it has doubled, and closed when it was
 * quiet for long enough.
 */
export interface Incident {
  readonly version: typeof incidentVersion;
  /** When it could be told, in event time, as ISO text. */
  readonly time: string;
  readonly subject_type: IncidentSubject;
  /** The id of the actor, session or product as text, the name of the table, or the name of a campaign. `sha256:` and a digest where the column identifies a person directly. */
  readonly subject: string;
  readonly kind: string;
  readonly severity: Severity;
  /** How far beyond the limit: 1 is the limit. */
  readonly score: number;
  /** The length of the window. */
  readonly window_s: number;
  /** The value of the action column, where one was looked at. */
  readonly event_type: string | null;
  /** The actors that are part of it, as far as they are known. */
  readonly actors: readonly string[];
  readonly expected: number;
  /** The worst window so far. */
  readonly seen: number;
  /** Rows of that window. Personal columns are masked. */
  readonly evidence: readonly MaskedRow[];
  /** The same for everything that is told of one incident. */
  readonly incident: string;
  readonly state: IncidentState;
}

/** An incident that is to be told. */
export interface Notice {
  /** The same each time that it is told: consumers that have seen it drop it. At most 128 characters, as SNS asks. */
  readonly id: string;
  readonly incident: Incident;
}

/**
 * The line of a file of incidents.
 * @example {"version":1,"time":"2026-03-01T10:00:20.000Z","subject_type":"actor","subject":"42","kind":"many-actions",...}
 */
export const incidentLine = (incident: Incident): string => `${JSON.stringify(incident)}\n`;
