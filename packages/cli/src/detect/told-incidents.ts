import type { Incident } from '@headwater/stream';

/** An incident in its latest state. */
export interface ToldIncident extends Incident {
  /** The time of its first notice, as ISO text. */
  readonly opened: string;
}

/** Incidents, each once in its latest state, in the order of their first notices. */
export interface ToldIncidents {
  /** Takes a notice: an incident opened, updated or closed. */
  add(incident: Incident): void;
  readonly list: readonly ToldIncident[];
  /** Incidents that are not in the list, since it is full. */
  readonly left: number;
}

/**
 * Creates an empty list.
 *
 * @param most incidents that are kept
 */
export function createToldIncidents(most = 10_000): ToldIncidents {
  const byId = new Map<string, ToldIncident>();
  let left = 0;
  return {
    add(incident) {
      const there = byId.get(incident.incident);
      if (there !== undefined || byId.size < most)
        byId.set(incident.incident, { ...incident, opened: there?.opened ?? incident.time });
      else if (incident.state === 'open') left += 1;
    },
    get list() {
      return [...byId.values()];
    },
    get left() {
      return left;
    },
  };
}
