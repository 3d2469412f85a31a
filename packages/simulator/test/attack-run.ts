import { attackLabels } from '../src/attack-labels.ts';
import type { AttackOptions } from '../src/attack-options.ts';
import type { AttackLabel } from '../src/labels/attack-label.ts';
import type { CaseKindName } from '../src/script/level-table.ts';
import { type LabelledEvent, simulateLabelledRows } from '../src/simulate-rows.ts';
import type { SimulationOptions } from '../src/simulation-options.ts';

/** A run of four days with a change of the clocks on its last. */
export const fourDays = { events: 120_000, days: 4, start: '2019-10-24', seed: 3 } as const;

/** The rows and labels of a run. */
export interface AttackRun {
  readonly rows: readonly LabelledEvent[];
  readonly labels: readonly AttackLabel[];
}

export function runWith(attacks: AttackOptions, options: Partial<SimulationOptions> = {}): AttackRun {
  const all = { ...fourDays, ...options, attacks };
  return { rows: [...simulateLabelledRows(all)], labels: [...attackLabels(all)] };
}

/** Rows in the order of their time, by session. */
export function sessionsOf(run: AttackRun, kind: CaseKindName): Map<string, LabelledEvent['event'][]> {
  const events = run.rows.filter((row) => row.actor === kind).map((row) => row.event);
  return Map.groupBy(events, (event) => event.user_session ?? '');
}

/** The same by user. */
export function actorsOf(run: AttackRun, kind: CaseKindName): Map<bigint, LabelledEvent['event'][]> {
  const events = run.rows.filter((row) => row.actor === kind).map((row) => row.event);
  return Map.groupBy(events, (event) => event.user_id);
}

/** Seconds between the rows of one session or user. */
export const gapsOf = (events: readonly LabelledEvent['event'][]): number[] =>
  events.slice(1).map((event, at) => (Number(event.event_time) - Number(events[at]?.event_time)) / 1000);

export const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
