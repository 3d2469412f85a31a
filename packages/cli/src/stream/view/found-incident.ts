import type { Incident } from '@headwater/stream';
import { detectionKinds } from '@headwater/stream/detect';
import { grouped, roundedText } from '../../output/figures.ts';

/** An incident as a run shows it, from its notices so far. */
export interface FoundIncident {
  /** The same in each notice. */
  readonly id: string;
  readonly kind: string;
  /** What it means, as the end of a sentence that begins with the subject. Null for the kind of a threshold. */
  readonly words: string | null;
  readonly subject_type: Incident['subject_type'];
  readonly subject: string;
  readonly severity: Incident['severity'];
  /** The time of its first notice, and of its latest, in event time. */
  readonly opened: Date;
  readonly at: Date;
  /** Null while it is open. */
  readonly closed: Date | null;
  readonly seen: number;
  readonly expected: number;
  /** Seconds of the window that these are of. */
  readonly window: number;
  /** The actors that are part of it. */
  readonly actors: readonly string[];
  /** Rows of that window, personal columns masked. */
  readonly evidence: Incident['evidence'];
}

/**
 * An incident in the state of a notice.
 *
 * @param incident the notice
 * @param before the same incident after the notices before; undefined for its first one
 */
export function foundIncident(incident: Incident, before: FoundIncident | undefined): FoundIncident {
  const {
    incident: id,
    kind,
    subject_type,
    subject,
    severity,
    seen,
    expected,
    window_s: window,
    actors,
    evidence,
  } = incident;
  const at = new Date(incident.time);
  const kinds: Readonly<Record<string, { readonly words: string }>> = detectionKinds;
  return {
    ...{ id, kind, subject_type, subject, severity, seen, expected, window, actors, evidence, at },
    words: kinds[kind]?.words ?? null,
    opened: before?.opened ?? at,
    closed: incident.state === 'closed' ? at : null,
  };
}

/** What it is about: `actor 512`, or the name of the site. */
export const subjectText = ({
  subject_type: type,
  subject,
}: Pick<FoundIncident, 'subject_type' | 'subject'>): string =>
  // The name of a campaign says what it is.
  type === 'site' || type === 'campaign' ? subject : `${type} ${subject}`;

/** What was seen against what is expected: `14 in 10 s, expected 10`. */
export const seenText = ({
  seen,
  expected,
  window,
}: Pick<FoundIncident, 'seen' | 'expected' | 'window'>): string =>
  `${roundedText(seen)}${window > 0 ? ` in ${windowText(window)}` : ''}, expected ${roundedText(expected)}`;

function windowText(seconds: number): string {
  if (seconds < 600) return `${grouped(Math.round(seconds))} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${grouped(Math.round(seconds / 360) / 10)} h`;
}

/** A row of evidence as one line: instants without their day, no names, and nothing that is masked. */
export const rowText = (row: Incident['evidence'][number]): string =>
  Object.values(row)
    .filter((value) => value !== null && value !== '***')
    .map((value) => (isInstant(value) ? value.slice(11, 19) : String(value)))
    .join(' ');

const isInstant = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value);
