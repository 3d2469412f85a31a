import type { Incident, Message } from '@headwater/stream';
import { grouped } from '../../output/figures.ts';
import type { ShownIncident } from './live-figures.ts';

/** Incidents that are kept: the screen shows fewer. */
const mostKept = 100;

/** Incidents as they were told, the newest first, each once. */
export interface IncidentList {
  readonly shown: readonly ShownIncident[];
  /** How many there were. */
  readonly count: number;
  /** Messages about carts that were left, and about products that are viewed together. */
  readonly reminders: { readonly carts: number; readonly pairs: number };
  /** Adds what a message to subscribers tells. */
  add(message: Pick<Message, 'body'>): void;
}

/** Creates an empty list. A further message of an incident takes the place of the one before, and moves the incident to the front. */
export function createIncidentList(): IncidentList {
  const byId = new Map<string, ShownIncident>();
  const seen = new Set<string>();
  const reminders = { carts: 0, pairs: 0 };
  return {
    get shown() {
      return [...byId.values()].reverse();
    },
    get count() {
      return seen.size;
    },
    reminders,
    add({ body }) {
      const told: Told = JSON.parse(body);
      if (!('incident' in told)) {
        if (told.kind === 'abandoned-cart') reminders.carts += 1;
        else reminders.pairs += 1;
        return;
      }
      const incident = told;
      const { incident: id, time, kind, subject_type: type, subject, severity, window_s: window } = incident;
      seen.add(id);
      byId.delete(id);
      byId.set(id, {
        at: new Date(time),
        kind,
        subject: type === 'site' ? subject : `${type} ${subject}`,
        severity,
        text: `${grouped(incident.seen)} in ${grouped(window)} s, expected ${grouped(incident.expected)}`,
        isOpen: incident.state !== 'closed',
      });
      const [oldest] = byId.keys();
      if (byId.size > mostKept && oldest !== undefined) byId.delete(oldest);
    },
  };
}

/** The body of a message to subscribers. */
type Told = Incident | { readonly kind: 'abandoned-cart' | 'viewed-together' };
