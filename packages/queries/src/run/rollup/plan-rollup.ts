import { isHeadwaterError } from '@headwater/core';
import { dayAfter, followsFrom } from '@headwater/core/internal';
import { internals, type LakeTable } from '../../lake/create-lake.ts';
import { answerColumns } from '../../metric/answer-columns.ts';
import { answerZone } from '../../metric/answer-zone.ts';
import type { Metric } from '../../metric/metric.ts';
import { readQuestion } from '../../metric/question.ts';
import type { OpenedRollup } from '../../session/opened-rollup.ts';
import { rollupOf } from './rollup.ts';

/** Days one after another, both inside. */
export interface DayRun {
  readonly from: string;
  readonly to: string;
}

/** How a rollup answers a question. */
export interface RollupPlan {
  readonly opened: OpenedRollup;
  /** Whether its rows are those of the answer, or are summed. */
  readonly how: 'same' | 'summed';
  /** Days whose stored rows are read. */
  readonly stored: readonly DayRun[];
  /** Days that are computed from the events: no valid entry has them. */
  readonly fresh: readonly DayRun[];
  readonly storedDays: number;
  readonly freshDays: number;
}

/** The plan, or why no rollup answers: one sentence for each rollup that comes into question. */
export type RollupChoice =
  | { readonly plan: RollupPlan; readonly reasons?: never }
  | { readonly plan?: never; readonly reasons: readonly string[] };

/** Gaps between stored days that a statement reads apart; with more of them, what lies between is read from the events as well. */
const mostGaps = 4;

/**
 * Chooses the rollup by which a question is answered: the one with the most stored days, of those whose answer is exactly the
 * question's.
 *
 * @param input the parameters of the question, which were checked
 * @param asked the measures that are asked for; all of the metric by default
 */
export async function planRollup(
  table: LakeTable,
  metric: Metric,
  input: object,
  asked?: readonly string[],
): Promise<RollupChoice> {
  const { session } = table[internals];
  const { schema } = table.definition;
  const none = (...reasons: readonly string[]): RollupChoice => ({ reasons });
  if (!session.rollups) return none(`${session.engine} reads no rollups`);
  const { parameters, where } = readQuestion(metric, input, schema);
  const opened = (await session.rollups(schema.name)).filter(({ rollup }) => rollup.metric === metric.name);
  if (opened.length === 0) return none(`the lake has no valid rollup of ${metric.name}`);
  if (Object.values(Object(where)).some((one) => one !== undefined))
    return none('the question filters events, and rollups hold the answers of all events');
  const zones = [answerZone({ schema, zone: parameters.zone }), answerZone({ schema })];
  if (zones[0] !== zones[1])
    return none(
      `the days of the question are of ${zones[0] ?? 'UTC'}, those of rollups of ${zones[1] ?? 'UTC'}`,
    );
  const { grain, by = 'none' } = parameters as { readonly grain?: string; readonly by?: string };
  const { from: _from, to: _to, zone: _zone, grain: _grain, by: _by, where: _where, ...own } = Object(input);
  // A metric without break-downs has no such parameter.
  const part = by === 'none' ? {} : { by };
  const plans: RollupPlan[] = [];
  const reasons: string[] = [];
  for (const one of opened) {
    const { rollup } = one;
    const measures = () =>
      answerColumns(
        metric,
        { ...own, grain, ...part },
        { schema, withHidden: true, measures: asked },
      ).flatMap((column) =>
        column.role === 'measure' ? [{ ...column, additive: column.additive ?? 'none' }] : [],
      );
    const why = (): string | undefined => {
      if (rollup.by !== by) return `it is by ${rollup.by}, and the question by ${by}`;
      if (grain === undefined) return 'the answer has no periods';
      const follows = followsFrom(grain, rollup.grain, measures());
      if (follows.why !== undefined) return follows.why;
      if (versionNow(table, metric, rollup, own) !== rollup.metricVersion)
        return 'it is of other parameters, or of another definition of the metric or the table';
      const plan = planDays(one, follows.how, parameters, zones[1] === undefined ? 0 : 1);
      if (plan) plans.push(plan);
      return plan
        ? undefined
        : 'none of its stored days that the question asks for is valid for the present files';
    };
    const reason = why();
    if (reason !== undefined) reasons.push(`${rollup.name}: ${reason}`);
  }
  const [best] = plans.toSorted((one, other) => other.storedDays - one.storedDays || rank(one) - rank(other));
  return best ? { plan: best } : none(...reasons);
}

/** Of rollups with as many days, the one with the fewest rows to read: what needs no sum, and then days before hours. */
const rank = ({ how, opened }: RollupPlan): number =>
  (how === 'same' ? 0 : 2) + (opened.rollup.grain === 'day' ? 0 : 1);

/** The version of the stored question under the present definitions; undefined when it cannot be asked any more. */
function versionNow(
  table: LakeTable,
  metric: Metric,
  { grain, by }: OpenedRollup['rollup'],
  own: object,
): string | undefined {
  try {
    return rollupOf(table, metric, { grain, by }, own).metricVersion;
  } catch (error) {
    if (isHeadwaterError(error)) return undefined;
    throw error;
  }
}

/**
 * Which days of a question are stored and which are not; undefined when none is stored.
 *
 * @param slack how many UTC days before and after a day of the zone may have its events
 */
function planDays(
  opened: OpenedRollup,
  how: 'same' | 'summed',
  { from, to }: DayRun,
  slack: number,
): RollupPlan | undefined {
  const { entries, sources } = opened;
  if (!sources.days) return undefined;
  // A day without an event has no rows, whatever is beside it.
  const first = max(from, dayAfter(sources.days[0], -slack));
  const last = min(to, dayAfter(sources.days[1], slack));
  const around = { before: slack, after: slack };
  const valid = new Set(entries.map(({ day }) => day));
  const stored: DayRun[] = [];
  const fresh: DayRun[] = [];
  for (let day = first; day <= last; day = dayAfter(day, 1)) {
    if (valid.has(day)) extend(stored, day);
    else if (sources.of(day, around) !== undefined) extend(fresh, day);
  }
  const [begin] = fresh;
  const end = fresh.at(-1);
  const whole = begin && end && fresh.length > mostGaps ? [{ from: begin.from, to: end.to }] : fresh;
  const kept = whole === fresh ? stored : outside(stored, whole[0] ?? { from, to });
  const storedDays = daysIn(kept);
  return storedDays === 0
    ? undefined
    : { opened, how, stored: kept, fresh: whole, storedDays, freshDays: daysIn(whole) };
}

/** Adds a day to runs: to the last one, if it follows that. */
function extend(runs: DayRun[], day: string): void {
  const last = runs.at(-1);
  if (last && dayAfter(last.to, 1) === day) runs[runs.length - 1] = { from: last.from, to: day };
  else runs.push({ from: day, to: day });
}

const outside = (runs: readonly DayRun[], { from, to }: DayRun): DayRun[] =>
  runs.filter((run) => run.to < from || run.from > to);

const daysIn = (runs: readonly DayRun[]): number =>
  runs.reduce((sum, { from, to }) => sum + 1 + (Date.parse(to) - Date.parse(from)) / 86_400_000, 0);

const max = (one: string, other: string): string => (one > other ? one : other);
const min = (one: string, other: string): string => (one < other ? one : other);
