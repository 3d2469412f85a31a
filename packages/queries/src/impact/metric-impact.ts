import type { RoleName, SchemaChange, TableSchema } from '@headwater/core';
import { type ChangeCase, hasRole, roleNames, tableActions, valuesOfAction } from '@headwater/core/internal';
import { type MetricRegistry, metrics } from '../library/registry.ts';
import { withAnyRange } from '../metric/answer-columns.ts';
import { roleOfBreakdown } from '../metric/breakdown.ts';
import type { Metric } from '../metric/metric.ts';
import {
  actionOfNeed,
  actionsIn,
  lackedLists,
  leftOutOf,
  type Need,
  needText,
  rolesIn,
} from '../metric/needs.ts';
import { readParameters } from '../metric/parameters.ts';
import { compileProblem } from './compile-problem.ts';
import { namedValues } from './named-values.ts';

/** What a change of the definition does to a metric. */
export interface MetricImpact {
  readonly metric: string;
  /** Whether it no longer answers, no longer answers by a break-down, leaves out a measure, or answers something else. */
  readonly effect: 'stops' | 'loses-breakdown' | 'loses-measure' | 'changes-meaning';
  /** One sentence. */
  readonly reason: string;
  /** The change's id; null when the metric does not compile for another reason. */
  readonly change: string | null;
}

interface Rule {
  /** Which metrics it concerns, of those that use the changed column's roles. */
  readonly concerns: (
    metric: Metric,
    roles: readonly RoleName[],
    before: TableSchema,
    change: SchemaChange,
  ) => boolean;
  readonly reason: string;
}

const usesRoles: Rule['concerns'] = (metric, roles) => mayRead(metric).some((role) => roles.includes(role));
const usesOptionally: Rule['concerns'] = ({ optionalRoles }, roles) =>
  optionalRoles.some((role) => roles.includes(role));
const usesAction: Rule['concerns'] = (metric) => metric.mayRead.includes('action');
const all = (): boolean => true;

/** The time is every metric's, and is not among those it names. */
const needed = (metric: Metric): readonly RoleName[] => [
  ...new Set<RoleName>(['time', ...metric.roles, ...rolesIn(askedByDefault(metric))]),
];

/** What a metric needs when it is asked with its defaults, besides what it always needs. */
const askedByDefault = (metric: Metric): readonly Need[] =>
  metric.asks?.(readParameters(metric, withAnyRange({})) as never) ?? [];

/** Also the roles that it uses where a table has them, and those of its break-downs. A quantity may be part of an amount. */
const mayRead = (metric: Metric): readonly RoleName[] => [
  'time',
  ...metric.mayRead,
  ...(metric.mayRead.includes('amount') ? (['quantity'] as const) : []),
];

const defaulted: Rule = { concerns: usesRoles, reason: 'Rows of older files count under the default.' };
const otherValues: Rule = { concerns: usesRoles, reason: 'It reads values of another type.' };

/** A metric distinguishes actions by the values that its query names. Values of other columns it reads as they come. */
function readsValue(
  metric: Metric,
  roles: readonly RoleName[],
  before: TableSchema,
  { id, column = '' }: SchemaChange,
): boolean {
  const read = mayRead(metric).filter((role) => roles.includes(role));
  if (read.some((role) => role !== 'action')) return true;
  const value = id.slice(`remove-enum-value:${column}:`.length);
  return read.length > 0 && namedValues(before, metric).has(value);
}

/** Changes after which the same question has another answer, though it still compiles. */
const rules: { readonly [Case in ChangeCase]?: Rule } = {
  'add-action-value': {
    concerns: (metric) => !metric.roles.includes('action'),
    reason: 'It counts events of every kind, and there is one kind more.',
  },
  'remove-enum-value': { concerns: readsValue, reason: 'New events no longer have the value.' },
  'add-column-with-default': defaulted,
  'make-required-with-default': defaulted,
  'change-default': defaulted,
  'retype-column': otherValues,
  'narrow-int': otherValues,
  'narrow-decimal': otherValues,
  'change-unit': { concerns: usesRoles, reason: 'Rows of before and after are in different units.' },
  'change-text-steps': {
    concerns: usesRoles,
    reason: 'Texts may be spelt one way before and another after.',
  },
  'change-null-texts': {
    concerns: usesRoles,
    reason: 'A text is null before and a value after, or the reverse.',
  },
  'change-map': { concerns: usesRoles, reason: 'A code may have one value before and another after.' },
  'change-time-format': {
    concerns: usesRoles,
    reason: 'A time may be one instant before and another after.',
  },
  'change-number-format': {
    concerns: usesRoles,
    reason: 'A text may be one number before and another after.',
  },
  'change-invalid': {
    concerns: usesRoles,
    reason: 'A row with a bad value is in the lake before, and rejected after, or the reverse.',
  },
  'move-role': { concerns: usesRoles, reason: 'It reads another column.' },
  'change-amount-per': {
    concerns: (metric) => metric.roles.includes('amount'),
    reason: 'The amount of an event is computed differently.',
  },
  'change-sessions': {
    concerns: (metric) => metric.mayRead.includes('session'),
    reason: 'It groups events into other sessions.',
  },
  'change-zone': { concerns: all, reason: 'Its days and hours begin at other instants.' },
  'add-refining-role': {
    concerns: usesOptionally,
    reason: 'It uses the role, and answers differently with it.',
  },
  'remove-refining-role': {
    concerns: usesOptionally,
    reason: 'It used the role, and answers differently without it.',
  },
  'change-purchase-items': {
    concerns: ({ mayRead: roles }) =>
      (['item', 'category', 'brand', 'amount'] as const).some((role) => roles.includes(role)),
    reason: 'It finds the products and amounts of purchases differently.',
  },
  'add-action': { concerns: usesAction, reason: 'Events count as an action that counted as none.' },
  'remove-action': { concerns: usesAction, reason: 'Events no longer count as the action.' },
  'change-action': { concerns: usesAction, reason: 'The action is another value.' },
  'refine-duplicate-key': {
    concerns: all,
    reason: 'What counts as one event is another: fewer rows are duplicates.',
  },
  'coarsen-duplicate-key': {
    concerns: all,
    reason: 'What counts as one event is another: more rows are duplicates.',
  },
};

/**
 * The metrics that stop under a new definition, lose a break-down, or answer something else. Those that the earlier
 * definition could not answer either are left out.
 *
 * @param before the earlier definition; undefined when there is none, and nothing can stop
 * @param registry the metrics that are asked; defaults to those that ship
 */
export function metricImpacts(
  before: TableSchema | undefined,
  now: TableSchema,
  changes: readonly SchemaChange[],
  registry: MetricRegistry = metrics,
): MetricImpact[] {
  if (!before) return [];
  const answered = Object.values(registry).filter(
    (metric): metric is Metric => metric !== undefined && isAnswered(before, metric),
  );
  return answered.flatMap((metric) => {
    const stopped = stops(metric, before, now, changes);
    return stopped.length > 0
      ? stopped
      : [
          ...lostBreakdowns(metric, before, now, changes),
          ...lostMeasures(metric, before, now, changes),
          ...meanings(metric, before, now, changes),
        ];
  });
}

const missingRoles = (schema: TableSchema, metric: Metric): RoleName[] =>
  needed(metric).filter((role) => !hasRole(schema, role));

const missingActions = (schema: TableSchema, metric: Metric): string[] => {
  const known = tableActions(schema);
  return [...metric.actions, ...actionsIn(askedByDefault(metric))].filter((action) => !known.has(action));
};

const isAnswered = (schema: TableSchema, metric: Metric): boolean =>
  missingRoles(schema, metric).length === 0 &&
  missingActions(schema, metric).length === 0 &&
  leftOutOf(metric.needs, schema).size < Object.keys(metric.measures).length;

const removalOf = (role: RoleName, changes: readonly SchemaChange[]): string | null =>
  changes.find(({ id }) => id.startsWith(`remove-role:${role}:`))?.id ?? null;

function stops(
  metric: Metric,
  before: TableSchema,
  now: TableSchema,
  changes: readonly SchemaChange[],
): MetricImpact[] {
  const { name } = metric;
  const missing = missingRoles(now, metric);
  if (missing.length > 0)
    return missing.map((role) => ({
      metric: name,
      effect: 'stops',
      reason: `No column plays the ${role}.`,
      change: removalOf(role, changes),
    }));
  const actions = missingActions(now, metric);
  if (actions.length > 0)
    return actions.map((action) => ({
      metric: name,
      effect: 'stops',
      reason: `No event is the action ${action}.`,
      change: changeOf([`action:${action}`], before, changes),
    }));
  const problem = compileProblem(now, metric);
  // A metric of which no measure is left does not compile, and what took them away is known.
  const lost = Object.values(metric.needs).flatMap((needs = []) => lackedLists(now, needs).flat());
  return problem === undefined
    ? []
    : [{ metric: name, effect: 'stops', reason: problem, change: changeOf(lost, before, changes) }];
}

function lostBreakdowns(
  { name, breakdowns }: Metric,
  before: TableSchema,
  now: TableSchema,
  changes: readonly SchemaChange[],
): MetricImpact[] {
  return breakdowns.flatMap((by): MetricImpact[] => {
    const role = roleOfBreakdown(by);
    if (role === undefined || before.roles[role] === undefined || now.roles[role] !== undefined) return [];
    const reason = `It cannot be broken down by ${by}: no column plays the ${role}.`;
    return [{ metric: name, effect: 'loses-breakdown', reason, change: removalOf(role, changes) }];
  });
}

/** The change that took away what a list of needs had. */
function changeOf(
  list: readonly Need[],
  before: TableSchema,
  changes: readonly SchemaChange[],
): string | null {
  const isIt = (need: Need, id: string): boolean => {
    const action = actionOfNeed(need);
    if (action === undefined) return id.startsWith(`remove-role:${need}:`);
    const value = before.actions[action];
    const values = value === undefined ? [] : valuesOfAction(value);
    const isLost = id.startsWith('remove-enum-value:') && values.some((one) => id.endsWith(`:${one}`));
    return isLost || id === `remove-${need}` || id.startsWith('remove-role:action:');
  };
  return changes.find(({ id }) => list.some((need) => isIt(need, id)))?.id ?? null;
}

function lostMeasures(
  { name, needs, measures }: Metric,
  before: TableSchema,
  now: TableSchema,
  changes: readonly SchemaChange[],
): MetricImpact[] {
  const [had, left] = [leftOutOf(needs, before), leftOutOf(needs, now)];
  return [...left]
    .filter((measure) => !had.has(measure) && measures[measure]?.isHidden !== true)
    .map((measure): MetricImpact => {
      const lists = lackedLists(now, needs[measure] ?? []);
      const reason = `It leaves out ${measure}, which needs ${lists.map(needText).join(' and ')}.`;
      return {
        metric: name,
        effect: 'loses-measure',
        reason,
        change: changeOf(lists.flat(), before, changes),
      };
    });
}

function meanings(
  metric: Metric,
  before: TableSchema,
  now: TableSchema,
  changes: readonly SchemaChange[],
): MetricImpact[] {
  return changes.flatMap((change): MetricImpact[] => {
    const rule = rules[change.case];
    const roles = rolesOf(now, change);
    if (!rule?.concerns(metric, roles, before, change)) return [];
    const by = breakdownsOnly(metric, roles);
    const reason = by.length === 0 ? rule.reason : `By ${by.join(', ')}: ${rule.reason}`;
    return [{ metric: metric.name, effect: 'changes-meaning', reason, change: change.id }];
  });
}

/** The break-downs that read the column of a change, when nothing else of the metric does. */
function breakdownsOnly(
  { roles: own, optionalRoles, breakdowns }: Metric,
  roles: readonly RoleName[],
): readonly string[] {
  const isOwn = (role: RoleName): boolean =>
    role === 'time' || role === 'quantity' || own.includes(role) || optionalRoles.includes(role);
  if (roles.length === 0 || roles.some(isOwn)) return [];
  return breakdowns.filter((by) => roles.some((role) => role === roleOfBreakdown(by)));
}

/** The roles that a change is about. Metrics read a quantity as part of an amount alone. */
function rolesOf({ roles, amountPer }: TableSchema, { id, column }: SchemaChange): RoleName[] {
  const [kind, named] = id.split(':');
  const isRole = /^(add|remove|move)-role$/.test(kind ?? '');
  return roleNames
    .filter((role) => (isRole ? role === named : column !== undefined && roles[role] === column))
    .filter((role) => role !== 'quantity' || amountPer === 'unit');
}
