import type { RoleName } from '@headwater/core';
import { hasRole, sessionColumns, sessionLengths } from '@headwater/core/internal';
import {
  type Compilable,
  type Expression,
  expressionBuilder,
  type QueryCreator,
  type SqlBool,
  sql,
} from 'kysely';
import { timestampLiteral } from '../functions/functions.ts';
import { boundedSelect, internals, type LakeTable } from '../lake/create-lake.ts';
import { rangeConditions } from '../lake/range-conditions.ts';
import { readSort } from '../metric/action-measures.ts';
import { answerZone } from '../metric/answer-zone.ts';
import { askedMeasures, schemaFor } from '../metric/asked-measures.ts';
import type { NamedBreakdown } from '../metric/breakdown.ts';
import type { EventsOf, Metric, MetricContext } from '../metric/metric.ts';
import { actionsIn, rolesIn } from '../metric/needs.ts';
import type { RangeParameters } from '../metric/parameters.ts';
import { readQuestion } from '../metric/question.ts';
import { type ColumnFilter, readWhere } from '../metric/where.ts';
import { spanOf, type TimeRange, timeRangeBetween, widenLocalRange } from '../range/time-range.ts';
import { actionColumn } from './action-column.ts';
import { assertAnswerable } from './assert-answerable.ts';
import {
  cartDays,
  cartRoles,
  type RoleFilter,
  takesCartItems,
  thingOfColumn,
  withCartItems,
} from './cart-items.ts';
import { clockPlugin } from './clock-plugin.ts';
import { filterCondition } from './filter-events.ts';
import { leaveOutPlugin } from './leave-out.ts';
import { localClock } from './local-clock.ts';
import { roleColumn, tableColumn } from './role-column.ts';
import { sessionKey, sessionKeyOf, withSessions } from './session-events.ts';
import { beforeRange, widenForSessions } from './widen-for-sessions.ts';

const eb = expressionBuilder<EventsOf<RoleName>>();

/** How a metric is asked. */
export interface MetricQueryOptions {
  /** Whether the answer also has the metric's hidden measures: the parts of ratios, to sum them before dividing. */
  readonly withHidden?: boolean | undefined;
  /**
   * The measures that the answer has, with the hidden parts of ratios if `withHidden` asks for them. What only other measures need is not
   * read. Defaults to all.
   */
  readonly measures?: readonly string[] | undefined;
  /**
   * Whether distinct counts may be estimates where a sketch has them, and nothing exact does. `rollup()` of the query says which measures are,
   * and their standard error. Defaults to false.
   */
  readonly approximate?: boolean | undefined;
}

/** A metric's query, and what its answer is made of. */
export interface BuiltMetricQuery {
  readonly query: Compilable;
  /** What the answer is broken down by. */
  readonly breakdown: NamedBreakdown | undefined;
  /** The measures that the answer leaves out. */
  readonly leftOut: ReadonlySet<string>;
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
  { withHidden = false, measures }: MetricQueryOptions = {},
): BuiltMetricQuery {
  const { definition } = table;
  const { parameters: read, breakdown, where } = readQuestion(metric, input, definition.schema);
  const named = askedMeasures(metric, measures);
  const schema = named
    ? schemaFor(definition.schema, metric, named, breakdown !== undefined)
    : definition.schema;
  const parameters = readSort(metric, schema, read, input);
  const part = partSource(breakdown);
  const seen = { part, where: readWhere(metric.name, schema, where) };
  const asked = metric.asks?.(parameters as never) ?? [];
  const askedRoles = rolesIn(asked);
  const lacking = assertAnswerable(schema, metric, {
    roles: [...metric.roles, ...(breakdown?.role === undefined ? [] : [breakdown.role]), ...askedRoles],
    actions: actionsIn(asked),
    byThing: breakdown?.column !== undefined,
  });
  const leftOut = named
    ? new Set([...lacking, ...Object.keys(metric.measures).filter((name) => !named.has(name))])
    : lacking;
  const optional = metric.optionalRoles.filter(
    (role) => hasRole(schema, role) || metric.mayLack.includes(role),
  );
  const context: MetricContext<unknown, RoleName> = {
    ...metricContext(
      schema === definition.schema ? table : { ...table, definition: { ...definition, schema } },
      rolesRead(metric, breakdown?.role, [...optional, ...askedRoles]),
      parameters,
      leftOut,
      seen,
    ),
    breakdown,
    withHidden,
  };
  // Of the metric's own parameters and roles, which were checked above.
  return { query: metric.query(context as never), breakdown, leftOut };
}

/**
 * The query for the number of events of a range that exceed their session; undefined for a metric that does not read sessions, and
 * for a table without them.
 *
 * @throws HeadwaterError `METRIC_PARAMETERS_INVALID`
 */
export function exceedingQuery(
  table: LakeTable,
  metric: Metric,
  input: unknown,
): { readonly query: Compilable; readonly longest: number } | undefined {
  const { schema } = table.definition;
  const lengths = sessionLengths(schema);
  if (!lengths || !metric.mayRead.includes('session')) return undefined;
  const { parameters, where } = readQuestion(metric, input, schema);
  const seen = { part: undefined, where: readWhere(metric.name, schema, where) };
  const context = metricContext(table, ['time', 'session'], parameters, new Set(), seen, true);
  const events = context.events() as unknown as QueryCreator<{ events: { exceeds: number } }>;
  const query = events
    .selectFrom('events')
    .select(({ fn }) => fn.countAll<number>().as('exceeding'))
    .where('exceeds', '=', 1);
  return { query, longest: lengths.longest };
}

/** The conditions that leave what a metric asks for of what is read. */
function visibleConditions(asked: TimeRange, read: TimeRange): readonly Expression<SqlBool>[] {
  const time = sql.ref<Date>('time');
  if (asked.local) return rangeConditions(asked, time);
  return asked.start > read.start ? [eb(time, '>=', timestampLiteral(asked.start))] : [];
}

/** Which events a metric sees, and the column beside its roles that they are broken down by. */
interface SeenEvents {
  readonly where: readonly ColumnFilter[];
  readonly part: { readonly source: string; readonly column: string } | undefined;
}

const partSource = (breakdown: NamedBreakdown | undefined): SeenEvents['part'] =>
  breakdown?.source === undefined || breakdown.column === undefined || breakdown.role !== undefined
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
  withExceeding = false,
): Omit<MetricContext<unknown, RoleName>, 'breakdown' | 'withHidden'> {
  const { schema } = table.definition;
  const shared = table[internals];
  const zone = answerZone({ schema, zone: parameters.zone });
  const range = timeRangeBetween(parameters.from, parameters.to, zone);
  // What all readings of the query span together: its times are compared with the clock of the whole.
  let whole: TimeRange = range;
  const clock = clockPlugin(() => localClock(zone ?? 'UTC', whole));
  const keys = sessionColumns(schema);
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
      const read = carted ? [...new Set([...roles, ...cartRoles])] : roles;
      const lengths = read.includes('session') ? sessionLengths(schema) : undefined;
      // A cart may be filled at the beginning of the longest session.
      const asked = carted && lengths ? spanOf(bounds, beforeRange(range, lengths.longest)) : bounds;
      const scanned = lengths ? widenForSessions(asked, range, lengths, after > 0) : asked;
      whole = spanOf(whole, scanned);
      // What a purchase is of is known after its cart is found.
      const lateRoleOf = ({ column }: ColumnFilter) => (carted ? thingOfColumn(schema, column) : undefined);
      const conditions = seen.where
        .filter((filter) => lateRoleOf(filter) === undefined)
        .map((filter) => filterCondition(schema.name, filter));
      const late = seen.where.flatMap((filter): RoleFilter[] => {
        const column = lateRoleOf(filter);
        return column === undefined ? [] : [{ ...filter, column }];
      });
      const columns = [...new Set([...read, ...late.map(({ column }) => column)])].filter(
        (role) => !lengths || role !== 'session',
      );
      const parts = seen.part ? [seen.part.column] : [];
      const events = boundedSelect(shared, table.definition, scanned)
        .$if(conditions.length > 0, (query) => query.where(eb.and(conditions)))
        .select(() => [
          ...columns.map((role) =>
            (role === 'action' ? action.expression : roleColumn(schema, role)).as(role),
          ),
          ...(seen.part ? [tableColumn(schema, seen.part.source).as(seen.part.column)] : []),
          ...(lengths ? [sessionKeyOf(keys.map((name) => tableColumn(schema, name))).as(sessionKey)] : []),
        ]);
      const plugins = [
        ...(leftOut.size === 0 ? [] : [leaveOutPlugin(leftOut)]),
        ...(zone === undefined ? [] : [clock]),
      ];
      const db = plugins.reduce((built, plugin) => built.withPlugin(plugin), shared.db);
      const named = carted ? 'raw' : 'events';
      const placed = lengths
        ? withSessions(
            db.with('events_read', () => events) as never,
            {
              ...lengths,
              isDerived: schema.roles.session === undefined,
              findsLongFirst: shared.session.readsAgainCheaply,
            },
            {
              named,
              columns: [...columns, ...parts],
              conditions: visibleConditions(asked, scanned),
              withExceeding,
            },
          )
        : db.with(named, () => events);
      const relations = carted
        ? withCartItems(placed, {
            roles,
            actions: action.values,
            start: own.start,
            columns: parts,
            where: late,
          })
        : placed;
      // The roles were checked above; a metric's type names the same ones.
      return relations as unknown as QueryCreator<EventsOf<RoleName>>;
    },
    inRange(time) {
      return eb.and([...rangeConditions(range, time)]);
    },
  };
}
