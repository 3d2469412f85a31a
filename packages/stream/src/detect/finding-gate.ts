import { type Breach, findingKeyText } from '../alerts/finding.ts';
import { mostMembers } from './detector.ts';
import { type PackedRow, packRow, unpackRow } from './packed-row.ts';

/** A report without the time at which it is told. */
type Reported = Omit<Breach, 'finding'>;

/** Reports of the minute that goes on, as plain data. */
export type FindingGateState = readonly (readonly [
  key: string,
  told: number,
  waiting: PackedBreach | null,
])[];

type PackedBreach = Omit<Reported, 'rows'> & { readonly rows: readonly PackedRow[] };

/** A subject that was reported in the minute: how bad it was told, and the worst report since. */
interface Subject {
  readonly told: number;
  waiting: Reported | undefined;
}

/** Keeps a subject that is reported with each of its rows from being told as often. */
export interface FindingGate {
  /** Takes a report. @returns what is to be told now: the first of its minute, and one that is twice as bad as told */
  take(report: Reported): Breach | undefined;
  /**
   * What is to be told at the end of a minute: of each subject the worst that was not.
   *
   * @param time when it is told
   */
  endMinute(time: number): Breach[];
  snapshot(): FindingGateState;
}

/** A finding is told again within its minute when it is this many times worse. */
const worse = 2;
/** Rows of a finding at most: an incident has to fit a message. */
const mostRows = 5;

/** Creates the gate. */
export function createFindingGate(state: FindingGateState = []): FindingGate {
  const minute = new Map<string, Subject>(
    state.map(([key, told, waiting]) => [
      key,
      { told, waiting: waiting ? { ...waiting, rows: waiting.rows.map(unpackRow) } : undefined },
    ]),
  );
  return {
    take(report) {
      const { score } = report;
      const key = findingKeyText(report);
      const known = minute.get(key);
      if (known === undefined || score >= worse * known.told) {
        minute.set(key, { told: score, waiting: undefined });
        return findingOf(report);
      }
      const { waiting } = known;
      known.waiting =
        waiting === undefined || score >= waiting.score
          ? report
          : { ...waiting, end: Math.max(waiting.end, report.end) };
      return undefined;
    },
    endMinute(time) {
      if (minute.size === 0) return [];
      const worst = [...minute.values()].flatMap(({ waiting }) =>
        waiting ? [findingOf({ ...waiting, time })] : [],
      );
      minute.clear();
      return worst;
    },
    snapshot: () =>
      [...minute].map(([key, { told, waiting }]) => [
        key,
        told,
        waiting ? { ...waiting, rows: waiting.rows.slice(-mostRows).map(packRow) } : null,
      ]),
  };
}

const findingOf = (report: Reported): Breach => ({
  finding: 'breach',
  ...report,
  rows: report.rows.slice(-mostRows),
  ...(report.actors ? { actors: report.actors.slice(0, mostMembers) } : {}),
});
