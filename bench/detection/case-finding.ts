import { isOfShop, type TrueCase } from './ground-truth.ts';
import { accusesActors, type ToldIncident } from './told-incident.ts';

/** How long after its last row a case may still be found. A daily batch finds it then. */
const foundWithin = 24 * 3_600_000;
/** How long after the end of a case of the whole shop an incident may still be about it. */
const lasting = 3_600_000;
/** The part of an incident's actors, or of a case's, that has to be the other's. */
const half = 0.5;

/** The first incident that finds a case, or completes its finding, and its time in milliseconds. */
export interface CaseFinding {
  readonly time: number;
  readonly by: ToldIncident;
}

/** Whether the window of an incident of the site or of a product overlaps a case. */
export const overlaps = ({ start, opened }: ToldIncident, { from, to }: TrueCase): boolean =>
  opened >= from && start <= to + lasting;

/** Whether an incident is about the case's subject, wherever in time. */
function names({ label, sessions }: TrueCase, { subjectType, subject, isMore }: ToldIncident): boolean {
  if (subjectType === 'session') return sessions.has(subject);
  if (subjectType !== label.subject_type)
    return label.subject_type === 'site' && label.kind !== 'outage' && subjectType === 'product';
  if (subjectType === 'site') return isMore === (label.kind !== 'outage');
  return subject === label.subject;
}

/** When an incident first named an actor of the case, if at least half of its actors are the case's. Undefined otherwise. */
function timeOfHalf({ actors }: ToldIncident, one: TrueCase): number | undefined {
  let own = 0;
  let all = 0;
  for (const actor of actors.keys()) {
    all += 1;
    if (one.actors.has(actor)) own += 1;
  }
  const first = [...actors].find(([actor]) => one.actors.has(actor));
  return own > 0 && own >= all * half ? first?.[1] : undefined;
}

/**
 * The finding of a case: the first incident that names its subject or, of a campaign, mostly its members; or the one with which half
 * of its members were named one by one. It must be told between the first row and a day after the last.
 *
 * @param incidents those that could be about it, in the order of their opening
 */
export function findingOf(one: TrueCase, incidents: readonly ToldIncident[]): CaseFinding | undefined {
  const isInTime = (time: number): boolean => time >= one.from && time <= one.to + foundWithin;
  const found: CaseFinding[] = [];
  const flagged = new Map<string, CaseFinding>();
  for (const by of incidents) {
    if (accusesActors(by)) {
      const whole = by.subjectType === 'campaign' ? timeOfHalf(by, one) : undefined;
      if (whole !== undefined && isInTime(whole)) found.push({ time: whole, by });
      if (by.subjectType !== 'campaign')
        for (const [actor, time] of by.actors)
          if (one.actors.has(actor) && isInTime(time) && !(time >= (flagged.get(actor)?.time ?? Infinity)))
            flagged.set(actor, { time, by });
    }
    if (names(one, by) && isInTime(by.opened) && (!isOfShop(one) || overlaps(by, one)))
      found.push({ time: by.opened, by });
  }
  const inOrder = [...flagged.values()].toSorted((a, b) => a.time - b.time);
  const needed = Math.max(1, Math.ceil(one.actors.size * half));
  const last = one.actors.size > 0 ? inOrder[needed - 1] : undefined;
  if (last) found.push(last);
  return found.toSorted((a, b) => a.time - b.time)[0];
}
