import { HeadwaterError, type RoleName, type TableSchema } from '@headwater/core';
import { hasRole } from '@headwater/core/internal';
import { type Compilable, expressionBuilder, type QueryCreator } from 'kysely';
import { timestampLiteral } from '../functions/functions.ts';
import { boundedSelect, internals, type LakeTable } from '../lake/create-lake.ts';
import { breakdownIn } from '../metric/breakdown.ts';
import type { EventsOf, Metric, MetricContext } from '../metric/metric.ts';
import { type RangeParameters, readParameters } from '../metric/parameters.ts';
import { timeRangeBetween, widenRange } from '../range/time-range.ts';
import { actionColumn } from './action-column.ts';
import { roleColumn } from './role-column.ts';

const eb = expressionBuilder<EventsOf<RoleName>>();

/** How a metric is asked. */
export interface MetricQueryOptions {
  /** Whether the answer also has the metric's hidden measures: the parts of ratios, to sum them before dividing. */
  readonly withHidden?: boolean | undefined;
}

/**
 * Checks a metric's parameters and the table's roles, and builds its query.
 *
 * @throws HeadwaterError `METRIC_PARAMETERS_INVALID` or `ROLE_MISSING`
 */
export function buildMetricQuery(
  table: LakeTable,
  metric: Metric,
  input: unknown,
  { withHidden = false }: MetricQueryOptions = {},
): Compilable {
  const parameters = readParameters(metric, input);
  const breakdown = breakdownIn(metric.breakdowns, parameters);
  const { schema } = table.definition;
  const needs = [...metric.roles, ...(breakdown?.role === undefined ? [] : [breakdown.role])];
  assertRoles(schema, [...new Set(needs)]);
  const roles = [...needs, ...metric.optionalRoles.filter((role) => hasRole(schema, role))];
  const context: MetricContext<unknown, RoleName> = {
    ...metricContext(table, [...new Set<RoleName>(['time', ...roles])], parameters),
    breakdown,
    withHidden,
  };
  // Of the metric's own parameters and roles, which were checked above.
  return metric.query(context as never);
}

function assertRoles(schema: TableSchema, needs: readonly RoleName[]): void {
  const missing = needs.filter((role) => !hasRole(schema, role));
  if (missing.length > 0) throw new HeadwaterError('ROLE_MISSING', { table: schema.name, needs, missing });
}

function metricContext(
  table: LakeTable,
  roles: readonly RoleName[],
  parameters: RangeParameters,
): Omit<MetricContext<unknown, RoleName>, 'breakdown' | 'withHidden'> {
  const { schema } = table.definition;
  const shared = table[internals];
  const range = timeRangeBetween(parameters.from, parameters.to);
  const action = actionColumn(
    schema,
    schema.roles.action === undefined ? undefined : roleColumn(schema, 'action'),
  );
  return {
    parameters,
    start: range.start,
    actions: action.values as MetricContext<unknown, RoleName>['actions'],
    has: (role) => roles.includes(role),
    events({ before = 0, after = 0 } = {}) {
      const base = boundedSelect(shared, table.definition, widenRange(range, before, after));
      const events = base.select(() =>
        roles.map((role) => (role === 'action' ? action.expression : roleColumn(schema, role)).as(role)),
      );
      // The roles were checked above; a metric's type names the same ones.
      return shared.db.with('events', () => events) as unknown as QueryCreator<EventsOf<RoleName>>;
    },
    inRange(time) {
      return eb.and([
        eb(time, '>=', timestampLiteral(range.start)),
        eb(time, '<', timestampLiteral(range.end)),
      ]);
    },
  };
}
