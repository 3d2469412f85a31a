import {
  CommonTableExpressionNameNode,
  CommonTableExpressionNode,
  type CompiledQuery,
  createQueryId,
  SelectQueryNode,
} from 'kysely';
import { internals } from '../../lake/create-lake.ts';
import { buildMetricQuery } from '../build-metric-query.ts';
import { mergedGroups } from './distinct-counts.ts';
import { groupingOfAll, isDistinct, withRelations } from './grouping.ts';
import type { RollupPlan } from './plan-rollup.ts';
import type { RollupQuestion } from './rollup-rows.ts';

/**
 * The query of a ranking, with the groups of the stored days in place of those of the events. All that follows is the metric's own: what
 * it computes of its groups, its order with the same ties, and its limit. Undefined when its query has no such groups.
 */
export function groupsStatement(question: RollupQuestion, plan: RollupPlan): CompiledQuery | undefined {
  const { table, metric, input, options } = question;
  const { db } = table[internals];
  const { query } = buildMetricQuery(table, metric, input, options).query.compile();
  const grouping = groupingOfAll(query);
  if (!grouping || !SelectQueryNode.is(query)) return undefined;
  // What is distinct adds up over a single day; else its keys are stored, or the answer does not have it.
  const merges = new Map(
    [...grouping.aggregates].flatMap(([name, merge]) => {
      if (!isDistinct(merge)) return [[name, merge] as const];
      return plan.counted.has(name) ? [] : [[name, 'sum'] as const];
    }),
  );
  const groups = mergedGroups(question, plan, { groups: grouping.dimensions, merges }).toOperationNode();
  const relation = CommonTableExpressionNode.create(
    CommonTableExpressionNameNode.create(grouping.name),
    groups,
  );
  const ranked = withRelations(query, [relation, ...grouping.after]);
  return db.getExecutor().compileQuery(ranked, createQueryId());
}
