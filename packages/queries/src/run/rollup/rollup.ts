import { createHash } from 'node:crypto';
import { HeadwaterError, type RollupConfig, type RollupGrain } from '@headwater/core';
import { mostMarginDays, rollupFolder, schemaFingerprint } from '@headwater/core/internal';
import type { CompiledQuery } from 'kysely';
import { planScans } from '../../guard/cost/scan-plan.ts';
import { internals, type LakeTable } from '../../lake/create-lake.ts';
import { metricOf } from '../../library/registry.ts';
import { type AnswerColumn, answerColumns } from '../../metric/answer-columns.ts';
import { answerZone } from '../../metric/answer-zone.ts';
import type { Metric } from '../../metric/metric.ts';
import { buildMetricQuery } from '../build-metric-query.ts';

/** The answers of a metric by one grain and one break-down, to be stored by day. */
export interface Rollup {
  /** The name of its folder. */
  readonly name: string;
  readonly metric: string;
  readonly grain: RollupGrain;
  /** `none` when it is not broken down. */
  readonly by: string;
  /** Differs when the metric, its parameters, the zone or the definition of the table do. */
  readonly metricVersion: string;
  /** UTC days before and after a day whose files its answer depends on as well. */
  readonly before: number;
  readonly after: number;
  /** The columns of its rows: those of the answer, and the hidden measures. */
  readonly columns: readonly AnswerColumn[];
  /** The query of the answer for a range of days, with the hidden measures. */
  query(from: string, to: string): CompiledQuery;
}

/** A day like any other: what is compiled for it says what is compiled for each day. */
const probe = '2024-01-17';

/**
 * A rollup of a metric. Its answers to the parameters are those of each day of the table's zone.
 *
 * @param parameters those of the question besides the range, the grain and the break-down. Defaults to the metric's defaults
 * @throws HeadwaterError `ROLLUP_INVALID` for a metric whose rows cannot be stored by day; `METRIC_PARAMETERS_INVALID`, `ROLE_MISSING`,
 *   `ACTION_MISSING` or `METRIC_UNANSWERABLE` for a question that the table cannot answer
 */
export function rollupOf(
  table: LakeTable,
  metric: Metric,
  { grain, by }: { readonly grain: RollupGrain; readonly by: string },
  parameters: object = {},
): Rollup {
  const { schema } = table.definition;
  const question = { ...parameters, grain, ...(by === 'none' ? {} : { by }) };
  const problem = whyNotStored(metric, by);
  if (problem !== undefined) throw new HeadwaterError('ROLLUP_INVALID', { metric: metric.name, problem });
  const query = (from: string, to: string): CompiledQuery =>
    buildMetricQuery(table, metric, { ...question, from, to }, { withHidden: true }).query.compile();
  const compiled = query(probe, probe);
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
  if (Math.max(margins.before, margins.after) > mostMarginDays) {
    const far = `its answer for a day depends on events more than ${mostMarginDays} days away`;
    throw new HeadwaterError('ROLLUP_INVALID', { metric: metric.name, problem: far });
  }
  return {
    name: rollupFolder(schema.name, { metric: metric.name, grain, by }),
    metric: metric.name,
    grain,
    by,
    metricVersion: versionOf(compiled, schemaFingerprint(schema), zone),
    ...margins,
    columns: answerColumns(metric, question, { schema, withHidden: true }),
    query,
  };
}

/**
 * The rollups of a table that a config names.
 *
 * @param configs those of the table
 * @throws HeadwaterError `METRIC_UNKNOWN`, and as {@link rollupOf} does
 */
export const rollupsIn = (table: LakeTable, configs: readonly RollupConfig[]): Rollup[] =>
  configs.flatMap(({ metric: name, grains, by = ['none'] }) => {
    const metric = metricOf(name, table[internals].metrics);
    return grains.flatMap((grain) => by.map((part) => rollupOf(table, metric, { grain, by: part })));
  });

/** Why answers of a metric cannot be stored by day; undefined when they can. */
export function whyNotStored(metric: Metric, by: string): string | undefined {
  if (metric.incremental !== true)
    return 'its rows of a day may depend on the range that is asked. A metric whose rows do not says `incremental: true`';
  if (metric.namesActors) return 'its rows are single actors, whom an erasure has to find';
  const { period } = metric.dimensions;
  if (period?.kind !== 'time') return 'it has no column `period`, by which its rows are of a day';
  return by === 'dt' || by === 'period' ? `a break-down by ${by} is the day itself` : undefined;
}

const versionOf = (
  { sql, parameters }: CompiledQuery,
  fingerprint: string,
  zone: string | undefined,
): string =>
  createHash('sha256')
    .update(
      JSON.stringify([sql, parameters, fingerprint, zone ?? 'UTC'], (_, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      ),
    )
    .digest('hex')
    .slice(0, 32);

/** Days from one to another, which is not before it. */
const distance = (from: string, to: string): number =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000));
