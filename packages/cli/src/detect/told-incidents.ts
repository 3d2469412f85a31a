import type { Incident } from '@headwater/stream';

/** An incident as it was told last. */
export interface ToldIncident extends Incident {
  /** When it was first told, as ISO text. */
  readonly opened: string;
}

/** Incidents as they were told, each once, in the order in which they were first told. */
export interface ToldIncidents {
  add(incident: Incident): void;
  readonly list: readonly ToldIncident[];
  /** Incidents that are not in the list, since it is full. */
  readonly left: number;
}

/** @param most incidents that are kept */
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
