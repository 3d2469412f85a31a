import type { Breach, Quiet } from '../../src/alerts/finding.ts';
import { findingTeller } from '../../src/alerts/told-finding.ts';
import { click, clicks, midnight } from './shop.ts';

/** Makes findings of the shop fit to be told. */
export const told = findingTeller(clicks.schema);

/** A window of ten seconds of visitor 7 that ended so many seconds after midnight. */
export function breach(end: number, seen: number, of: Partial<Breach> = {}): Breach {
  return {
    finding: 'breach',
    kind: 'many-actions',
    subjectType: 'actor',
    subject: '7',
    start: midnight + (end - 10) * 1000,
    end: midnight + end * 1000,
    time: midnight + (end + 5) * 1000,
    seen,
    expected: 10,
    score: seen / 10,
    severity: 'warning',
    eventType: null,
    rows: [click(end - 10, { visitor: 7n, product: 'a' })],
    ...of,
  };
}

/** Visitor 7 has been quiet since. */
export const quiet = (end: number, of: Partial<Quiet> = {}): Quiet => ({
  finding: 'quiet',
  kind: 'many-actions',
  subjectType: 'actor',
  subject: '7',
  end: midnight + end * 1000,
  time: midnight + (end + 105) * 1000,
  ...of,
});
