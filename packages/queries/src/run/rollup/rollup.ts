import { createHash } from 'node:crypto';
import { HeadwaterError, type RollupConfig, type RollupGrain, type RollupKind } from '@headwater/core';
import { mostMarginDays, rollupFolder, schemaFingerprint } from '@headwater/core/internal';
import type { CompiledQuery } from 'kysely';
import { planScans } from '../../guard/cost/scan-plan.ts';
import { internals, type LakeTable } from '../../lake/create-lake.ts';
import { metricOf } from '../../library/registry.ts';
import { type AnswerColumn, answerColumns } from '../../metric/answer-columns.ts';
import { answerZone } from '../../metric/answer-zone.ts';
import { hasPeriods } from '../../metric/has-periods.ts';
import type { Metric } from '../../metric/metric.ts';
import { type AskedRollup, questionOf } from './asked-rollup.ts';
import { neutralTable } from './neutral-table.ts';
import { rollupQuery } from './rollup-query.ts';

/** What is stored of a metric by one grain and one break-down, day by day. */
export interface Rollup {
  /** The name of its folder. */
  readonly name: string;
  readonly metric: string;
  readonly grain: RollupGrain;
  /** `none` when it is not broken down. */
  readonly by: string;
  /** What its rows are. Absent for the metric's own answers. */
  readonly kind?: RollupKind | undefined;
  /** The measure whose keys, or whose sketch, it has. */
  readonly measure?: string | undefined;
  /** Differs when the metric, its parameters, the zone or the definition of the table do. */
  readonly metricVersion: string;
  /** UTC days before and after a day whose files its answer depends on as well. */
  readonly before: number;
  readonly after: number;
  /** The columns of the metric's answer, with the hidden measures. */
  readonly columns: readonly AnswerColumn[];
  /** The days of one query, where a query gives several days apart. */
  readonly daysAtOnce: number;
  /** The query of its rows for a range of days. They have the column `period`, which begins with their day. */
  query(from: string, to: string): CompiledQuery;
}

/** A day like any other: what is compiled for it says what is compiled for each day. */
const probe = '2024-01-17';

/** Days of one query. More at once need more memory for their rows; fewer read the days beside them more often. */
const daysAtOnce = 31;

/**
 * A rollup of a metric. Its rows are those of each day of the table's zone.
 *
 * @param parameters those of the question besides the range, the grain and the break-down. Defaults to the metric's defaults
 * @throws HeadwaterError `ROLLUP_INVALID` for what cannot be stored by day; `METRIC_PARAMETERS_INVALID`, `ROLE_MISSING`,
 *   `ACTION_MISSING` or `METRIC_UNANSWERABLE` for a question that the table cannot answer
 */
export function rollupOf(
  table: LakeTable,
  metric: Metric,
  asked: AskedRollup,
  parameters: object = {},
): Rollup {
  const { schema } = table.definition;
  const { grain, by, kind = kindOf(metric), measure } = asked;
  const fail = (problem: string): never => {
    throw new HeadwaterError('ROLLUP_INVALID', { metric: metric.name, problem });
  };
  const problem = whyNotStored(metric, by, grain);
  if (problem !== undefined) return fail(problem);
  const compile = (of: LakeTable, from: string, to: string): CompiledQuery => {
    const built = rollupQuery(of, metric, { grain, by, kind, measure }, { ...parameters, from, to });
    return built.query ? built.query.compile() : fail(built.problem);
  };
  const compiled = compile(neutralTable(table), probe, probe);
  const zone = answerZone({ schema });
  // A day of a zone is in other UTC days when its clock has changed.
  const slack = zone === undefined ? 0 : 1;
  const scans = planScans(compiled.query, [schema]);
  const [first, last] = [
    scans.map(({ days }) => days.first ?? '0001-01-01').toSorted()[0] ?? probe,
    scans
      .map(({ days }) => days.last ?? '9999-12-31')
      .toSorted()
      .at(-1) ?? probe,
  ];
  const margins = { before: distance(first, probe) + slack, after: distance(probe, last) + slack };
  if (Math.max(margins.before, margins.after) > mostMarginDays)
    return fail(`its answer for a day depends on events more than ${mostMarginDays} days away`);
  const question = questionOf(metric, asked, parameters);
  return {
    name: rollupFolder(schema.name, { metric: metric.name, grain, by, kind, measure }),
    metric: metric.name,
    grain,
    by,
    ...(kind === undefined ? {} : { kind }),
    ...(measure === undefined ? {} : { measure }),
    metricVersion: versionOf(compiled, schemaFingerprint(schema), zone),
    ...margins,
    columns: answerColumns(metric, question, { schema, withHidden: true }),
    daysAtOnce: hasPeriods(metric) ? daysAtOnce : 1,
    query: (from, to) => compile(table, from, to),
  };
}

const kindOf = (metric: Metric): RollupKind | undefined => (hasPeriods(metric) ? undefined : 'groups');

/**
 * The rollups of a table that a config names.
 *
 * @param configs those of the table
 * @throws HeadwaterError `METRIC_UNKNOWN`, and as {@link rollupOf} does
 */
export const rollupsIn = (table: LakeTable, configs: readonly RollupConfig[]): Rollup[] =>
  configs.flatMap((config) => {
    const metric = metricOf(config.metric, table[internals].metrics);
    return (config.by ?? ['none']).flatMap((by) => [
      ...config.grains.map((grain) => rollupOf(table, metric, { grain, by })),
      ...distinctRollups(table, metric, config, by),
    ]);
  });

/** The rollups of the distinct keys of the measures of a metric. */
function distinctRollups(
  table: LakeTable,
  metric: Metric,
  { keys, sketch }: RollupConfig,
  by: string,
): Rollup[] {
  const kinds = [...(keys ? (['keys'] as const) : []), ...(sketch ? (['sketch'] as const) : [])];
  if (kinds.length === 0) return [];
  const asked = { grain: 'day', by } as const;
  const { schema } = table.definition;
  const measures = answerColumns(metric, questionOf(metric, asked, {}), { schema, withHidden: true }).filter(
    ({ kind }) => kind === 'distinct',
  );
  if (measures.length === 0)
    throw new HeadwaterError('ROLLUP_INVALID', {
      metric: metric.name,
      problem: 'none of its measures counts distinct keys, so that all of its sums are exact without them',
    });
  return measures.flatMap(({ name: measure }) =>
    kinds.map((kind) => rollupOf(table, metric, { ...asked, kind, measure })),
  );
}

/** Why a metric cannot be stored by day; undefined when it can. */
export function whyNotStored(metric: Metric, by: string, grain: RollupGrain): string | undefined {
  if (metric.incremental !== true)
    return 'its rows of a day may depend on the range that is asked. A metric whose rows do not says `incremental: true`';
  if (metric.namesActors) return 'its rows are single actors, whom an erasure has to find';
  if (by === 'dt' || by === 'period') return `a break-down by ${by} is the day itself`;
  return hasPeriods(metric) || grain === 'day'
    ? undefined
    : 'it has no periods: its groups are stored by day, so that its grain is day';
}

/** The tree of a query is the same for every engine; its text is not. */
const versionOf = ({ query }: CompiledQuery, fingerprint: string, zone: string | undefined): string =>
  createHash('sha256')
    .update(
      JSON.stringify([query, fingerprint, zone ?? 'UTC'], (_, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      ),
    )
    .digest('hex')
    .slice(0, 32);

/** Days from one to another, which is not before it. */
const distance = (from: string, to: string): number =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000));
