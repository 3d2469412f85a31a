/** The part of a line of incidents that its score depends on. */
export interface IncidentLine {
  readonly time: string;
  readonly subject_type: string;
  readonly subject: string;
  readonly kind: string;
  readonly window_s: number;
  readonly actors: readonly string[];
  readonly expected: number;
  readonly seen: number;
  readonly incident: string;
  readonly state: 'open' | 'update' | 'closed';
}

/** An incident with all that was told of it. Times are milliseconds since 1970. */
export interface ToldIncident {
  readonly kind: string;
  readonly subjectType: string;
  readonly subject: string;
  /** When it was opened, and the start of the window that opened it. */
  readonly opened: number;
  readonly start: number;
  /** Whether more was seen than expected. Less is an outage. */
  readonly isMore: boolean;
  /** The actors that it names, with the time at which each was named first. */
  readonly actors: ReadonlyMap<string, number>;
}

/** Puts the lines of each incident together. An incident whose opening is not among them is left out. */
export function toldIncidents(lines: Iterable<IncidentLine>): ToldIncident[] {
  const incidents = new Map<string, ToldIncident & { readonly actors: Map<string, number> }>();
  for (const line of lines) {
    const time = Date.parse(line.time);
    const { kind, subject, subject_type: subjectType } = line;
    let incident = incidents.get(line.incident);
    if (incident === undefined) {
      if (line.state !== 'open') continue;
      const actors = new Map(subjectType === 'actor' ? [[subject, time]] : []);
      const isMore = line.seen >= line.expected;
      incident = {
        kind,
        subjectType,
        subject,
        opened: time,
        start: time - line.window_s * 1000,
        isMore,
        actors,
      };
      incidents.set(line.incident, incident);
    }
    for (const actor of line.actors) if (!incident.actors.has(actor)) incident.actors.set(actor, time);
  }
  return [...incidents.values()];
}

/** Whether an incident accuses the actors that it names. Those of a site or product are examples of its rows. */
export const accusesActors = ({ subjectType }: Pick<ToldIncident, 'subjectType'>): boolean =>
  subjectType === 'actor' || subjectType === 'session' || subjectType === 'campaign';
