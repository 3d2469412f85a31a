import type { RoleName, SchemaChange, TableSchema } from '@headwater/core';
import { type ChangeCase, roleNames } from '@headwater/core/internal';
import { metrics } from '../library/registry.ts';
import type { Metric } from '../metric/metric.ts';
import { compileProblem } from './compile-problem.ts';

/** What a change of the definition does to a metric. */
export interface MetricImpact {
  readonly metric: string;
  /** Whether it no longer answers, or answers something else. */
  readonly effect: 'stops' | 'changes-meaning';
  /** One sentence. */
  readonly reason: string;
  /** The change's id; null when the metric does not compile for another reason. */
  readonly change: string | null;
}

interface Rule {
  /** Which metrics it concerns, of those that use the changed column's roles. */
  readonly concerns: (metric: Metric, roles: readonly RoleName[]) => boolean;
  readonly reason: string;
}

const usesRoles: Rule['concerns'] = (metric, roles) => usedRoles(metric).some((role) => roles.includes(role));
const usesAction: Rule['concerns'] = (metric) => metric.roles.includes('action');
const all = (): boolean => true;

/** The time is every metric's, and is not among those it names. */
const usedRoles = (metric: Metric): readonly RoleName[] => ['time', ...metric.roles];

const defaulted: Rule = { concerns: usesRoles, reason: 'Rows of older files count under the default.' };
const otherValues: Rule = { concerns: usesRoles, reason: 'It reads values of another type.' };

/** Changes after which the same question has another answer, though it still compiles. */
const rules: { readonly [Case in ChangeCase]?: Rule } = {
  'add-action-value': {
    concerns: (metric) => !metric.roles.includes('action'),
    reason: 'It counts events of every kind, and there is one kind more.',
  },
  'remove-enum-value': { concerns: usesRoles, reason: 'New events no longer have the value.' },
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
  'move-role': { concerns: usesRoles, reason: 'It reads another column.' },
  'change-amount-per': {
    concerns: (metric) => metric.roles.includes('amount'),
    reason: 'The amount of an event is computed differently.',
  },
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
 * Which metrics of the library stop under a new definition, and which answer something else. Those that the earlier
 * definition could not answer either are left out.
 *
 * @param before the earlier definition; undefined when there is none, and nothing can stop
 */
export function metricImpacts(
  before: TableSchema | undefined,
  now: TableSchema,
  changes: readonly SchemaChange[],
): MetricImpact[] {
  if (!before) return [];
  const answered = Object.values(metrics).filter(
    (metric): metric is Metric => metric !== undefined && missingRoles(before, metric).length === 0,
  );
  return answered.flatMap((metric) => [...stops(metric, now, changes), ...meanings(metric, now, changes)]);
}

const missingRoles = (schema: TableSchema, metric: Metric): RoleName[] =>
  usedRoles(metric).filter((role) => schema.roles[role] === undefined);

function stops(metric: Metric, now: TableSchema, changes: readonly SchemaChange[]): MetricImpact[] {
  const { name } = metric;
  const missing = missingRoles(now, metric);
  if (missing.length === 0) {
    const problem = compileProblem(now, metric);
    return problem === undefined ? [] : [{ metric: name, effect: 'stops', reason: problem, change: null }];
  }
  return missing.map((role) => ({
    metric: name,
    effect: 'stops',
    reason: `No column plays the ${role}.`,
    change: changes.find(({ id }) => id.startsWith(`remove-role:${role}:`))?.id ?? null,
  }));
}

function meanings(metric: Metric, now: TableSchema, changes: readonly SchemaChange[]): MetricImpact[] {
  if (missingRoles(now, metric).length > 0) return [];
  return changes.flatMap((change): MetricImpact[] => {
    const rule = rules[change.case];
    if (!rule?.concerns(metric, rolesOf(now, change))) return [];
    return [{ metric: metric.name, effect: 'changes-meaning', reason: rule.reason, change: change.id }];
  });
}

/** The roles that a change is about. */
function rolesOf({ roles }: TableSchema, { case: rule, id, column }: SchemaChange): RoleName[] {
  if (rule === 'move-role') return roleNames.filter((role) => id === `move-role:${role}`);
  return roleNames.filter((role) => column !== undefined && roles[role] === column);
}
