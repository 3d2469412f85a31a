import { type ActionName, HeadwaterError, type RoleName } from '@headwater/core';
import { type Compilable, expressionBuilder, type QueryCreator } from 'kysely';
import { timestampLiteral } from '../functions/functions.ts';
import { boundedSelect, internals, type LakeTable } from '../lake/create-lake.ts';
import { timeRangeBetween, widenRange } from '../lake/time-range.ts';
import type { EventsOf, Metric, MetricContext } from './metric.ts';

/** The range that every metric's parameters hold. */
interface RangeInput {
  readonly from: string;
  readonly to: string;
}

/**
 * Checks a metric's parameters and the table's roles, and builds its query.
 *
 * @throws HeadwaterError `METRIC_PARAMETERS_INVALID` or `ROLE_MISSING`
 */
export function buildMetricQuery(table: LakeTable, metric: Metric, input: unknown): Compilable {
  const parsed = metric.parameters.safeParse(input);
  if (!parsed.success) {
    const problem = parsed.error.issues
      .map((issue) => [issue.path.join('.'), issue.message].filter(Boolean).join(': '))
      .join('; ');
    throw new HeadwaterError('METRIC_PARAMETERS_INVALID', { metric: metric.name, problem });
  }
  const parameters = parsed.data as RangeInput;
  if (parameters.from > parameters.to) {
    const problem = `to: ${parameters.to} is before from ${parameters.from}`;
    throw new HeadwaterError('METRIC_PARAMETERS_INVALID', { metric: metric.name, problem });
  }
  const roles = [...new Set([...metric.roles, ...(metric.rolesFor?.(parameters) ?? [])])];
  assertRoles(table, roles);
  // Of the metric's own parameters and roles, which were checked above.
  return metric.query(metricContext(table, roles, parameters) as never);
}

function assertRoles(table: LakeTable, needs: readonly RoleName[]): void {
  const { schema } = table.definition;
  const missing = needs.filter((role) => schema.roles[role] === undefined);
  if (missing.length > 0) throw new HeadwaterError('ROLE_MISSING', { table: schema.name, needs, missing });
}

function metricContext(
  table: LakeTable,
  roles: readonly RoleName[],
  parameters: RangeInput,
): MetricContext<unknown, RoleName> {
  const { schema } = table.definition;
  const shared = table[internals];
  const range = timeRangeBetween(parameters.from, parameters.to);
  const columns = [...new Set<RoleName>(['time', ...roles])];
  return {
    parameters,
    start: range.start,
    actions: actionsOf(schema.actions),
    events({ before = 0, after = 0 } = {}) {
      const base = boundedSelect(shared, table.definition, widenRange(range, before, after));
      const events = base.select(({ ref }) =>
        columns.map((role) => ref(`${schema.name}.${schema.roles[role] ?? role}`).as(role)),
      );
      // The roles were checked above; a metric's type names the same ones.
      return shared.db.with('events', () => events) as unknown as QueryCreator<EventsOf<RoleName>>;
    },
    inRange(time) {
      const eb = expressionBuilder<EventsOf<RoleName>>();
      return eb.and([
        eb(time, '>=', timestampLiteral(range.start)),
        eb(time, '<', timestampLiteral(range.end)),
      ]);
    },
  };
}

function actionsOf(actions: Readonly<Record<string, string>>): Record<ActionName, string> {
  const value = (name: ActionName): string => actions[name] ?? name;
  return {
    view: value('view'),
    cart: value('cart'),
    removeFromCart: value('removeFromCart'),
    purchase: value('purchase'),
  };
}
