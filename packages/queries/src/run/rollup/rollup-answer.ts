import { isHeadwaterError } from '@headwater/core';
import { quoteName } from '@headwater/core/internal';
import type { CompiledQuery } from 'kysely';
import { internals, type LakeTable } from '../../lake/create-lake.ts';
import { hasPeriods } from '../../metric/has-periods.ts';
import type { Metric } from '../../metric/metric.ts';
import { readQuestion } from '../../metric/question.ts';
import type { MetricQueryOptions } from '../build-metric-query.ts';
import { filteredParts, partStatement } from './filtered-rollup.ts';
import { groupsStatement } from './groups-statement.ts';
import { planRollup, type RollupPlan, sketches } from './plan-rollup.ts';
import type { RollupQuestion } from './rollup-rows.ts';
import { rollupStatement } from './rollup-statement.ts';
import { sketchError } from './sketch.ts';

/** By which rollup a question is answered, or why it is answered from the events. */
export type RollupUse =
  | {
      readonly isUsed: true;
      /** The rollup's name. */
      readonly name: string;
      /** Whether its rows are those of the answer, or are summed. */
      readonly how: 'same' | 'summed';
      /** Days that come from it, and days that are computed from the events. */
      readonly storedDays: number;
      readonly freshDays: number;
      /** The measures that are counted from the distinct keys of the days. Absent when there are none. */
      readonly counted?: readonly string[];
      /** The measures that are estimates, and their standard error as a part of the true number. Absent when all are exact. */
      readonly approximate?: { readonly measures: readonly string[]; readonly standardError: number };
      /** The statement that runs. */
      readonly sql: string;
      readonly parameters: readonly unknown[];
    }
  | {
      readonly isUsed: false;
      /** One for each rollup that comes into question, or one for all. */
      readonly reasons: readonly string[];
    };

/**
 * The statement by which a rollup answers a question, if one does.
 *
 * @param asked the parameters of the question have to be valid
 */
export async function rollupAnswer(asked: {
  readonly table: LakeTable;
  readonly metric: Metric;
  readonly input: object;
  readonly options: MetricQueryOptions;
}): Promise<{ readonly use: RollupUse; readonly query?: CompiledQuery }> {
  const { table, metric, input, options } = asked;
  // Most lakes have no rollups, and most engines read none.
  if (!table[internals].session.rollups || metric.incremental !== true) {
    const reason =
      metric.incremental === true
        ? `${table[internals].session.engine} reads no rollups`
        : `answers of ${metric.name} are not stored by day`;
    return { use: { isUsed: false, reasons: [reason] } };
  }
  // The rows of a rollup in folders stand before the statement that reads them, and a part would be around it.
  const isPartial = table[internals].session.reads === 'manifests';
  for (const part of isPartial ? filteredParts(table, metric, input, options.measures) : []) {
    const whole = { ...asked, input: part.input, options: { ...options, measures: part.measures } };
    const { use, query } = await rollupAnswer(whole);
    if (!use.isUsed || !query) continue;
    const { parameters } = readQuestion(metric, input, table.definition.schema);
    const chosen = partStatement({ ...asked, parameters }, part, query);
    return { use: { ...use, sql: chosen.sql, parameters: chosen.parameters }, query: chosen };
  }
  const { plan, reasons } = await planRollup(table, metric, input, options);
  if (!plan) return { use: { isUsed: false, reasons } };
  const { parameters } = readQuestion(metric, input, table.definition.schema);
  const { name } = plan.opened.rollup;
  const relation = plan.opened.relation?.(plan.stored);
  if (plan.opened.relation && relation === undefined)
    return { use: { isUsed: false, reasons: [`${name}: it has more files than a statement can name`] } };
  const stored = statementOf({ ...asked, parameters: parameters as RollupQuestion['parameters'] }, plan);
  const query = stored && withRelation(stored, plan.opened.view, relation);
  if (!query)
    return {
      use: { isUsed: false, reasons: [`${name}: the answer's order, or its groups, are not of its columns`] },
    };
  const { how, storedDays, freshDays } = plan;
  const { sql, parameters: values } = query;
  const estimated = sketches(plan);
  const counted = [...plan.counted.keys()].filter((measure) => !estimated.includes(measure));
  const about = {
    ...(counted.length === 0 ? {} : { counted }),
    ...(estimated.length === 0 ? {} : { approximate: { measures: estimated, standardError: sketchError } }),
  };
  return {
    use: { isUsed: true, name, how, storedDays, freshDays, ...about, sql, parameters: values },
    query,
  };
}

/** A day that the zone skipped cannot be asked for alone, as the days that are not stored may be. */
function statementOf(question: RollupQuestion, plan: RollupPlan): CompiledQuery | undefined {
  try {
    return hasPeriods(question.metric) ? rollupStatement(question, plan) : groupsStatement(question, plan);
  } catch (error) {
    if (isHeadwaterError(error)) return undefined;
    throw error;
  }
}

/** Puts the rows of a rollup before a statement that reads them by a name. */
function withRelation(query: CompiledQuery, name: string, relation: string | undefined): CompiledQuery {
  if (relation === undefined) return query;
  const parts = /^with /i.test(query.sql) ? `, ${query.sql.slice('with '.length)}` : ` ${query.sql}`;
  return { ...query, sql: `with ${quoteName(name)} as (${relation})${parts}` };
}
