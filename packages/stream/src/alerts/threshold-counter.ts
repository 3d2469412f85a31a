import type { TableSchema } from '@headwater/core';
import { columnOf, isAlways, valuesOfAction } from '@headwater/core/internal';
import type { EventRow } from '../record/event-identity.ts';
import type { Threshold } from './threshold.ts';
import { subjectRoles } from './threshold-problems.ts';

/** A threshold, ready to count the events of its table. */
export interface ThresholdCounter {
  readonly threshold: Threshold;
  /** Milliseconds of a window, and between the beginnings of two. */
  readonly within: number;
  readonly every: number;
  /** The limit, in the unit that is counted in. */
  readonly limit: number;
  /** Divides what was counted, to give rows or the unit of the amount. */
  readonly scale: number;
  /** What the site is called. */
  readonly site: string;
  /** The value of the action column, where the threshold counts the rows of one. */
  readonly eventType: string | null;
  /** Whose row it is; undefined for a row that does not count. */
  subjectOf(event: EventRow): string | undefined;
  /** What the row adds: 1, or its amount as a whole number of the column's smallest units. */
  weightOf(event: EventRow): number;
}

/** Amounts finer than this are rounded: sums stay whole numbers, whose order of adding does not matter. */
const mostScale = 4;

/** Compiles a threshold for a table. The threshold was checked by `thresholdProblems`. */
export function thresholdCounter(schema: TableSchema, threshold: Threshold): ThresholdCounter {
  const { of, actions, within, every = within } = threshold;
  const values = actionValues(schema, actions);
  const { action } = schema.roles;
  const role = subjectRoles[of];
  const subject = role === undefined ? undefined : schema.roles[role];
  const isCounted = (event: EventRow): boolean =>
    values === undefined || (action !== undefined && values.has(event[action] as string));
  const scale = threshold.count === 'amount' ? 10 ** amountScale(schema) : 1;
  return {
    threshold,
    within: within * 1000,
    every: every * 1000,
    limit: (threshold.moreThan ?? threshold.lessThan ?? 0) * scale,
    scale,
    site: schema.name,
    eventType: values?.size === 1 ? ([...values][0] ?? null) : null,
    subjectOf(event) {
      if (!isCounted(event)) return undefined;
      if (subject === undefined) return schema.name;
      const value = event[subject];
      return value === null || value === undefined ? undefined : String(value);
    },
    weightOf: threshold.count === 'amount' ? amountOf(schema, scale) : () => 1,
  };
}

/** The values of the action column that count; undefined where every row does. */
function actionValues(
  schema: TableSchema,
  actions: readonly string[] | undefined,
): ReadonlySet<string> | undefined {
  if (actions === undefined) return undefined;
  const meant = actions.flatMap((name) => schema.actions[name] ?? []);
  return meant.some(isAlways) ? undefined : new Set(meant.flatMap(valuesOfAction));
}

function amountScale(schema: TableSchema): number {
  const { amount } = schema.roles;
  if (amount === undefined) return 0;
  const { type } = columnOf(schema, amount);
  if (type.kind === 'decimal') return Math.min(type.scale, mostScale);
  return type.kind === 'double' ? mostScale : 0;
}

function amountOf({ roles, amountPer }: TableSchema, scale: number): (event: EventRow) => number {
  const { amount = '', quantity = '' } = roles;
  const times = amountPer === 'unit' ? (event: EventRow) => Number(event[quantity] ?? 0) : () => 1;
  return (event) => Math.round(Number(event[amount] ?? 0) * times(event) * scale);
}
