import { type Breach, type FindingKey, findingKeyText, type Quiet } from './finding.ts';

/** The subjects with an open incident, as plain data. */
export type OpenSubjectsState = readonly (readonly [
  kind: string,
  subjectType: FindingKey['subjectType'],
  subject: string,
  end: number,
])[];

/** Which subjects are beyond a threshold, until they have been quiet for long enough. */
export interface OpenSubjects {
  note(breach: Pick<Breach, keyof FindingKey | 'end'>): void;
  /** Takes the subjects out whose last window beyond the limit ended more than `quiet` before `time`. */
  takeQuiet(time: number): Quiet[];
  snapshot(): OpenSubjectsState;
}

/** Subjects with open incidents at once. When more are open, the one that was quiet for longest is forgotten; its incident has no end. */
const most = 10_000;

/**
 * @param quiet milliseconds without a window beyond the limit that end an incident
 * @param lateness milliseconds after which the absence of rows is known
 */
export function createOpenSubjects(
  quiet: number,
  lateness: number,
  state: OpenSubjectsState = [],
): OpenSubjects {
  // The subject that was found last is the last.
  const open = new Map<string, FindingKey & { readonly end: number }>(
    state.map(([kind, subjectType, subject, end]) => [
      findingKeyText({ kind, subjectType, subject }),
      { kind, subjectType, subject, end },
    ]),
  );
  /** No subject has an earlier end. */
  let earliest = Math.min(...state.map(([, , , end]) => end));
  return {
    note({ kind, subjectType, subject, end }) {
      const key = findingKeyText({ kind, subjectType, subject });
      const last = Math.max(end, open.get(key)?.end ?? end);
      open.delete(key);
      open.set(key, { kind, subjectType, subject, end: last });
      if (last < earliest) earliest = last;
      if (open.size > most) for (const oldest of open.keys()) return void open.delete(oldest);
    },
    takeQuiet(time) {
      if (earliest + quiet >= time) return [];
      const ended: Quiet[] = [];
      earliest = Number.POSITIVE_INFINITY;
      for (const [key, { end, ...about }] of open) {
        if (end + quiet >= time) {
          if (end < earliest) earliest = end;
          continue;
        }
        open.delete(key);
        ended.push({ finding: 'quiet', ...about, end, time: end + quiet + lateness });
      }
      return ended;
    },
    snapshot: () =>
      [...open.values()].map(({ kind, subjectType, subject, end }) => [kind, subjectType, subject, end]),
  };
}
