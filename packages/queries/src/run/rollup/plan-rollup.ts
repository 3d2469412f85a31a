import { isHeadwaterError } from '@headwater/core';
import { followsFrom } from '@headwater/core/internal';
import { internals, type LakeTable } from '../../lake/create-lake.ts';
import { type AnswerColumn, answerColumns } from '../../metric/answer-columns.ts';
import { answerZone } from '../../metric/answer-zone.ts';
import { hasPeriods } from '../../metric/has-periods.ts';
import type { Metric } from '../../metric/metric.ts';
import { readQuestion } from '../../metric/question.ts';
import type { OpenedRollup } from '../../session/opened-rollup.ts';
import type { MetricQueryOptions } from '../build-metric-query.ts';
import { questionOf } from './asked-rollup.ts';
import { type PlannedDays, planDays } from './plan-days.ts';
import { rollupOf } from './rollup.ts';

/** How a rollup answers a question. */
export interface RollupPlan extends PlannedDays {
  readonly opened: OpenedRollup;
  /** Whether its rows are those of the answer, or are summed. */
  readonly how: 'same' | 'summed';
  /** Where the distinct counts come from that do not add up, by measure. */
  readonly counted: ReadonlyMap<string, OpenedRollup>;
}

/** The plan, or why no rollup answers: one sentence for each rollup that comes into question. */
export type RollupChoice =
  | { readonly plan: RollupPlan; readonly reasons?: never }
  | { readonly plan?: never; readonly reasons: readonly string[] };

const unregistered = ' with a table in Glue, which `headwater lake rollups --refresh --register` makes';

/**
 * Chooses the rollup by which a question is answered: of those whose answer is exactly the question's, the one with the most stored
 * days. One that estimates a distinct count is chosen only for a question that says so, and only where no other answers.
 *
 * @param input the parameters of the question, which were checked
 * @param options which measures are asked for, and whether a distinct count may come from a sketch
 */
export async function planRollup(
  table: LakeTable,
  metric: Metric,
  input: object,
  options: Pick<MetricQueryOptions, 'measures' | 'approximate'>,
): Promise<RollupChoice> {
  const mayEstimate = options.approximate === true;
  const { session } = table[internals];
  const { schema } = table.definition;
  const none = (...reasons: readonly string[]): RollupChoice => ({ reasons });
  if (!session.rollups) return none(`${session.engine} reads no rollups`);
  const { parameters, where } = readQuestion(metric, input, schema);
  const all = (await session.rollups(schema.name)).filter(({ rollup }) => rollup.metric === metric.name);
  const opened = all.filter(({ rollup: { kind } }) => kind === undefined || kind === 'groups');
  if (opened.length === 0)
    return none(
      `the lake has no valid rollup of ${metric.name}${session.reads === 'folders' ? unregistered : ''}`,
    );
  if (Object.values(Object(where)).some((one) => one !== undefined))
    return none('the question filters events, and rollups hold the answers of all events');
  const zones = [answerZone({ schema, zone: parameters.zone }), answerZone({ schema })];
  if (zones[0] !== zones[1])
    return none(
      `the days of the question are of ${zones[0] ?? 'UTC'}, those of rollups of ${zones[1] ?? 'UTC'}`,
    );
  const { grain, by = 'none' } = parameters as { readonly grain?: string; readonly by?: string };
  const { from: _from, to: _to, zone: _zone, grain: _grain, by: _by, where: _where, ...own } = Object(input);
  const isNow = ({ rollup }: OpenedRollup) => versionNow(table, metric, rollup, own) === rollup.metricVersion;
  const plans: RollupPlan[] = [];
  const reasons: string[] = [];
  for (const one of opened) {
    const { rollup } = one;
    const measures = () =>
      answerColumns(metric, questionOf(metric, { grain: 'day', by }, own), {
        schema,
        withHidden: true,
        measures: options.measures,
      }).flatMap((column) =>
        column.role === 'measure' ? [{ ...column, additive: column.additive ?? 'none' }] : [],
      );
    const why = (): string | undefined => {
      if (rollup.by !== by) return `it is by ${rollup.by}, and the question by ${by}`;
      const followed = hasPeriods(metric)
        ? (counted: ReadonlySet<string>) => followsFrom(grain ?? '', rollup.grain, measures(), counted)
        : (counted: ReadonlySet<string>) => groupsFollow(parameters, measures(), counted);
      const known = companions(
        all.filter((other) => other.rollup.by === by && isNow(other)),
        mayEstimate,
      );
      const alone = followed(new Set());
      const follows = alone.why === undefined ? alone : followed(new Set(known.keys()));
      if (follows.why !== undefined) {
        const isSketched =
          !mayEstimate &&
          followed(
            new Set(
              companions(
                all.filter((other) => other.rollup.by === by),
                true,
              ).keys(),
            ),
          ).why === undefined;
        return isSketched
          ? `${follows.why}; a question that says \`approximate\` has its sketch`
          : follows.why;
      }
      if (!isNow(one))
        return 'it is of other parameters, or of another definition of the metric or the table';
      const counted = new Map(
        alone.why === undefined
          ? []
          : measures().flatMap(({ name }) => {
              const found = known.get(name);
              return found ? [[name, found] as const] : [];
            }),
      );
      const days = planDays([one, ...counted.values()], parameters, zones[1] === undefined ? 0 : 1);
      if (days) plans.push({ ...days, opened: one, how: follows.how, counted });
      return days
        ? undefined
        : 'none of its stored days that the question asks for is valid for the present files';
    };
    const reason = why();
    if (reason !== undefined) reasons.push(`${rollup.name}: ${reason}`);
  }
  const [best] = plans.toSorted(
    (one, other) =>
      sketches(one).length - sketches(other).length ||
      other.storedDays - one.storedDays ||
      rank(one) - rank(other),
  );
  return best ? { plan: best } : none(...reasons);
}

/** The measures of a plan that are estimates. */
export const sketches = ({ counted }: Pick<RollupPlan, 'counted'>): string[] =>
  [...counted].filter(([, { rollup }]) => rollup.kind === 'sketch').map(([measure]) => measure);

/** What has the distinct counts of measures over any days: their keys, or a sketch of them where that may be. */
function companions(all: readonly OpenedRollup[], mayEstimate: boolean): Map<string, OpenedRollup> {
  const found = new Map<string, OpenedRollup>();
  for (const kind of mayEstimate ? (['sketch', 'keys'] as const) : (['keys'] as const))
    for (const one of all)
      if (one.rollup.kind === kind && one.rollup.measure !== undefined) found.set(one.rollup.measure, one);
  return found;
}

/** How the groups of a range follow from those of its days: a day's own are the same; of several days, what is distinct does not add up. */
function groupsFollow(
  { from, to }: { readonly from: string; readonly to: string },
  measures: readonly Pick<AnswerColumn, 'name' | 'kind'>[],
  counted: ReadonlySet<string>,
): ReturnType<typeof followsFrom> {
  if (from === to) return { how: 'same' };
  const stuck = measures.find(({ name, kind }) => kind === 'distinct' && !counted.has(name));
  return stuck ? { why: `${stuck.name} does not add up over days` } : { how: 'summed' };
}

/** Of rollups with as many days, the one with the fewest rows to read: what needs no sum, and then days before hours. */
const rank = ({ how, opened }: RollupPlan): number =>
  (how === 'same' ? 0 : 2) + (opened.rollup.grain === 'day' ? 0 : 1);

/** Versions by question, for each table of an open lake and each metric: compiling a question to find one takes some milliseconds. */
const knownVersions = new WeakMap<LakeTable, WeakMap<Metric, Map<string, string | undefined>>>();
const mostVersions = 200;

/** The version of the stored question under the present definitions; undefined when it cannot be asked any more. */
function versionNow(
  table: LakeTable,
  metric: Metric,
  { grain, by, kind, measure }: OpenedRollup['rollup'],
  own: object,
): string | undefined {
  const ofTable = knownVersions.get(table) ?? new WeakMap<Metric, Map<string, string | undefined>>();
  knownVersions.set(table, ofTable);
  const versions = ofTable.get(metric) ?? new Map<string, string | undefined>();
  ofTable.set(metric, versions);
  const key = JSON.stringify([grain, by, kind, measure, own], (_, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : value,
  );
  if (versions.has(key)) return versions.get(key);
  const version = versionOf(table, metric, { grain, by, kind, measure }, own);
  if (versions.size >= mostVersions) versions.clear();
  versions.set(key, version);
  return version;
}

function versionOf(
  table: LakeTable,
  metric: Metric,
  asked: Parameters<typeof rollupOf>[2],
  own: object,
): string | undefined {
  try {
    return rollupOf(table, metric, asked, own).metricVersion;
  } catch (error) {
    if (isHeadwaterError(error)) return undefined;
    throw error;
  }
}
