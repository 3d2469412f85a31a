import { HeadwaterError, type RoleName, type TableSchema } from '@headwater/core';
import { hasRole, tableActions } from '@headwater/core/internal';
import type { Metric } from '../metric/metric.ts';
import { lackedLists, leftOutOf, needText } from '../metric/needs.ts';

/** What a question needs of a table. */
interface Asked {
  /** The roles of the metric, and of what is asked for. */
  readonly roles: readonly RoleName[];
  /** Actions that the question names. */
  readonly actions: readonly string[];
  /** Whether the answer is broken down by what events are about. */
  readonly byThing: boolean;
}

/**
 * Checks that a table has what a metric cannot do without.
 *
 * @returns the measures that the answer leaves out
 * @throws HeadwaterError `ROLE_MISSING`, `ACTION_MISSING`; `METRIC_UNANSWERABLE` when nothing of the answer would be left;
 *   `PURCHASE_ITEMS_UNKNOWN`
 */
export function assertAnswerable(
  schema: TableSchema,
  metric: Metric,
  { roles, actions: asked, byThing }: Asked,
): ReadonlySet<string> {
  const needs = [...new Set(roles)];
  const missing = needs.filter((role) => !hasRole(schema, role));
  if (missing.length > 0) throw new HeadwaterError('ROLE_MISSING', { table: schema.name, needs, missing });
  if (byThing && metric.needsPurchaseItems && !knowsPurchaseItems(schema))
    throw new HeadwaterError('PURCHASE_ITEMS_UNKNOWN', { table: schema.name, metric: metric.name });
  const actions = tableActions(schema);
  const unknown = [...new Set([...metric.actions, ...asked])].filter((action) => !actions.has(action));
  if (unknown.length > 0)
    throw new HeadwaterError('ACTION_MISSING', {
      table: schema.name,
      metric: metric.name,
      missing: unknown,
      known: [...actions.keys()],
    });
  const leftOut = leftOutOf(metric.needs, schema);
  if (Object.entries(metric.measures).every(([name, one]) => leftOut.has(name) || one.isHidden)) {
    const lists = Object.keys(metric.measures).flatMap((name) =>
      lackedLists(schema, metric.needs[name] ?? []),
    );
    const lacks = [...new Set(lists.map(needText))];
    throw new HeadwaterError('METRIC_UNANSWERABLE', { table: schema.name, metric: metric.name, lacks });
  }
  return leftOut;
}

/** Whether it is known what each purchase is of: the definition says it, or the item is never null. */
function knowsPurchaseItems({ purchaseItems, roles, columns }: TableSchema): boolean {
  const item = columns.find(({ name }) => name === roles.item);
  return purchaseItems !== undefined || item?.nullable !== true;
}
