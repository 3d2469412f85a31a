import type { Incident, Message } from '@headwater/stream';
import { type FoundIncident, foundIncident } from './found-incident.ts';

/** Incidents that are kept with their evidence: the screen shows fewer. */
const mostShown = 100;
/** Incidents that are kept for the summary. */
const mostFound = 1000;

/** The incidents of a run, each once in its latest state. */
export interface IncidentList {
  /** The hundred with the latest notices, the newest first, each with its rows of evidence. */
  readonly shown: readonly FoundIncident[];
  /** The first thousand, in the order in which they were opened, without rows of evidence. */
  readonly found: readonly FoundIncident[];
  /** How many there were. */
  readonly count: number;
  /** Messages about carts that were left, and about products that are viewed together. */
  readonly reminders: { readonly carts: number; readonly pairs: number };
  /** Takes a message to subscribers. */
  add(message: Pick<Message, 'body'>): void;
}

/**
 * Creates an empty list. A further message of an incident takes the place of the one before, and moves the incident to the front.
 *
 * @param onIncident is given each message about an incident, as one line of JSON
 */
export function createIncidentList(onIncident?: (line: string) => void): IncidentList {
  const shown = new Map<string, FoundIncident>();
  const found = new Map<string, FoundIncident>();
  const seen = new Set<string>();
  const reminders = { carts: 0, pairs: 0 };
  return {
    get shown() {
      return [...shown.values()].reverse();
    },
    get found() {
      return [...found.values()];
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
      onIncident?.(`${body}\n`);
      const { incident: id } = told;
      const incident = foundIncident(told, shown.get(id) ?? found.get(id));
      seen.add(id);
      shown.delete(id);
      shown.set(id, incident);
      const [oldest] = shown.keys();
      if (shown.size > mostShown && oldest !== undefined) shown.delete(oldest);
      if (found.has(id) || found.size < mostFound) found.set(id, { ...incident, evidence: [] });
    },
  };
}

/** The body of a message to subscribers. */
type Told = Incident | { readonly kind: 'abandoned-cart' | 'viewed-together' };
