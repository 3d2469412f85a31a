import type { RoleName } from '@headwater/core';
import { hasRole } from '@headwater/core/internal';
import { type Compilable, expressionBuilder, type QueryCreator } from 'kysely';
import { boundedSelect, internals, type LakeTable } from '../lake/create-lake.ts';
import { rangeConditions } from '../lake/range-conditions.ts';
import { readSort } from '../metric/action-measures.ts';
import { answerZone } from '../metric/answer-zone.ts';
import type { NamedBreakdown } from '../metric/breakdown.ts';
import type { EventsOf, Metric, MetricContext } from '../metric/metric.ts';
import type { RangeParameters } from '../metric/parameters.ts';
import { readQuestion } from '../metric/question.ts';
import { type ColumnFilter, readWhere } from '../metric/where.ts';
import { spanOf, type TimeRange, timeRangeBetween, widenLocalRange } from '../range/time-range.ts';
import { actionColumn } from './action-column.ts';
import { assertAnswerable } from './assert-answerable.ts';
import { cartDays, cartRoles, takesCartItems, thingOfColumn, withCartItems } from './cart-items.ts';
import { clockPlugin } from './clock-plugin.ts';
import { filterCondition } from './filter-events.ts';
import { leaveOutPlugin } from './leave-out.ts';
import { localClock } from './local-clock.ts';
import { roleColumn, tableColumn } from './role-column.ts';

const eb = expressionBuilder<EventsOf<RoleName>>();

/** How a metric is asked. */
export interface MetricQueryOptions {
  /** Whether the answer also has the metric's hidden measures: the parts of ratios, to sum them before dividing. */
  readonly withHidden?: boolean | undefined;
}

/**
 * Checks a metric's parameters and the table's roles, and builds its query.
 *
 * @throws HeadwaterError `METRIC_PARAMETERS_INVALID`, `ROLE_MISSING`, `ACTION_MISSING` or `METRIC_UNANSWERABLE`
 */
export function buildMetricQuery(
  table: LakeTable,
  metric: Metric,
  input: unknown,
  { withHidden = false }: MetricQueryOptions = {},
): Compilable {
  const { schema } = table.definition;
  const { parameters: read, breakdown, where } = readQuestion(metric, input, schema);
  const parameters = readSort(metric, schema, read, input);
  const part = partSource(breakdown);
  const seen = { part, where: readWhere(metric.name, schema, where) };
  const asked = metric.asks?.(parameters as never) ?? [];
  const askedRoles = asked.filter((need): need is RoleName => !need.startsWith('action:'));
  const leftOut = assertAnswerable(schema, metric, {
    roles: [...metric.roles, ...(breakdown?.role === undefined ? [] : [breakdown.role]), ...askedRoles],
    actions: asked.flatMap((need) => (need.startsWith('action:') ? [need.slice('action:'.length)] : [])),
    byThing: breakdown?.column !== undefined,
  });
  const optional = metric.optionalRoles.filter(
    (role) => hasRole(schema, role) || metric.mayLack.includes(role),
  );
  const context: MetricContext<unknown, RoleName> = {
    ...metricContext(
      table,
      rolesRead(metric, breakdown?.role, [...optional, ...askedRoles]),
      parameters,
      leftOut,
      seen,
    ),
    breakdown,
    withHidden,
  };
  // Of the metric's own parameters and roles, which were checked above.
  return metric.query(context as never);
}

/** Which events a metric sees, and the column beside its roles that they are broken down by. */
interface SeenEvents {
  readonly where: readonly ColumnFilter[];
  readonly part: { readonly source: string; readonly column: string } | undefined;
}

const partSource = (breakdown: NamedBreakdown | undefined): SeenEvents['part'] =>
  breakdown?.source === undefined || breakdown.column === undefined
    ? undefined
    : { source: breakdown.source, column: breakdown.column };

/** The roles that a query reads: the metric's own in their order, that of the break-down, and the optional ones. */
function rolesRead(
  { mayRead, roles, mayLack }: Metric,
  by: RoleName | undefined,
  optional: readonly RoleName[],
): readonly RoleName[] {
  const own = mayRead.filter((role) => roles.includes(role) || mayLack.includes(role));
  return [...new Set<RoleName>(['time', ...own, ...(by === undefined ? [] : [by]), ...optional])];
}

function metricContext(
  table: LakeTable,
  roles: readonly RoleName[],
  parameters: RangeParameters,
  leftOut: ReadonlySet<string>,
  seen: SeenEvents,
): Omit<MetricContext<unknown, RoleName>, 'breakdown' | 'withHidden'> {
  const { schema } = table.definition;
  const shared = table[internals];
  const zone = answerZone({ schema, zone: parameters.zone });
  const range = timeRangeBetween(parameters.from, parameters.to, zone);
  // What all readings of the query span together: its times are compared with the clock of the whole.
  let whole: TimeRange = range;
  const clock = clockPlugin(() => localClock(zone ?? 'UTC', whole));
  const action = actionColumn(
    schema,
    schema.roles.action === undefined ? undefined : roleColumn(schema, 'action'),
  );
  return {
    parameters,
    start: range.start,
    actions: action.values as MetricContext<unknown, RoleName>['actions'],
    has: (role) => roles.includes(role) && hasRole(schema, role),
    events({ before = 0, after = 0 } = {}) {
      const carted = takesCartItems(schema, roles);
      const own = widenLocalRange(range, parameters, zone, before, after);
      const bounds = carted ? widenLocalRange(range, parameters, zone, before + cartDays, after) : own;
      whole = spanOf(whole, bounds);
      const read = carted ? [...new Set([...roles, ...cartRoles])] : roles;
      // What a purchase is of is known after its cart is found.
      const isLate = ({ column }: ColumnFilter) => carted && thingOfColumn(schema, column) !== undefined;
      const conditions = seen.where
        .filter((filter) => !isLate(filter))
        .map((filter) => filterCondition(schema.name, filter));
      const late = seen.where.filter(isLate).map((filter) => ({
        ...filter,
        column: thingOfColumn(schema, filter.column) ?? filter.column,
      }));
      const events = boundedSelect(shared, table.definition, bounds)
        .$if(conditions.length > 0, (query) => query.where(eb.and(conditions)))
        .select(() => [
          ...[...new Set([...read, ...late.map(({ column }) => column as RoleName)])].map((role) =>
            (role === 'action' ? action.expression : roleColumn(schema, role)).as(role),
          ),
          ...(seen.part ? [tableColumn(schema, seen.part.source).as(seen.part.column)] : []),
        ]);
      const plugins = [
        ...(leftOut.size === 0 ? [] : [leaveOutPlugin(leftOut)]),
        ...(zone === undefined ? [] : [clock]),
      ];
      const db = plugins.reduce((built, plugin) => built.withPlugin(plugin), shared.db);
      const relations = carted
        ? withCartItems(
            db.with('raw', () => events),
            {
              roles,
              actions: action.values,
              start: own.start,
              columns: seen.part ? [seen.part.column] : [],
              where: late,
            },
          )
        : db.with('events', () => events);
      // The roles were checked above; a metric's type names the same ones.
      return relations as unknown as QueryCreator<EventsOf<RoleName>>;
    },
    inRange(time) {
      return eb.and([...rangeConditions(range, time)]);
    },
  };
}
