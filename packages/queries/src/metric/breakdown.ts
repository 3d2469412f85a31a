import type { RoleName } from '@headwater/core';
import type { AliasableExpression, Expression } from 'kysely';
import { hourOfDay, weekday } from '../functions/functions.ts';
import { type Dimension, dimension } from './dimension.ts';

/**
 * What an answer can be broken down by, besides its own dimensions: a thing that an event is about, which is the column of
 * a role, or a part of the time. A metric lists those that have a meaning for it; `by` is then one of its parameters, and
 * the dimension one of its columns.
 */
export const breakdowns = {
  category: { role: 'category', dimension: dimension.optionalText('Category of the items') },
  brand: { role: 'brand', dimension: dimension.optionalText('Brand of the items') },
  product: { role: 'item', dimension: dimension.item('Item, by id') },
  hour: { of: hourOfDay, dimension: dimension.hour('Hour of the day (UTC)') },
  weekday: { of: weekday, dimension: dimension.weekday('Weekday (UTC): 1 is Monday, 7 is Sunday') },
} as const satisfies Record<string, Breakdown>;

/** One of {@link breakdowns}. */
export type BreakdownName = keyof typeof breakdowns;

/** A break-down: by the column of a role, or by a part of the time. */
export type Breakdown = { readonly dimension: Dimension } & (
  | { readonly role: RoleName; readonly of?: never }
  | { readonly of: (time: Expression<Date>) => AliasableExpression<number>; readonly role?: never }
);

/** A break-down that is asked for. */
export interface NamedBreakdown {
  /** The column that it adds to the answer. */
  readonly name: string;
  readonly dimension: Dimension;
  /** The column of `events` that it is by: that of a role, or of a column of the table. */
  readonly column?: string;
  /** The role that it needs. */
  readonly role?: RoleName;
  /** The column of the table that it is by. */
  readonly source?: string;
  /** Whether that column is a boolean. */
  readonly isBoolean?: boolean;
  /** The part of the time that it is by. */
  readonly of?: (time: Expression<Date>) => AliasableExpression<number>;
}

/** The role that a break-down needs. */
export type BreakdownRole<Name extends BreakdownName> = (typeof breakdowns)[Name] extends {
  readonly role: infer Role;
}
  ? Role
  : never;

/** The role that a break-down needs; undefined for a part of the time, which every table has. */
export function roleOfBreakdown(name: BreakdownName): RoleName | undefined {
  const one: Breakdown = breakdowns[name];
  return one.role;
}

/** The break-down that a question asks for, of those that the metric has. */
export function breakdownIn(names: readonly BreakdownName[], parameters: object): NamedBreakdown | undefined {
  const by: unknown = 'by' in parameters ? parameters.by : undefined;
  const name = names.find((one) => one === by);
  if (name === undefined) return undefined;
  const one: Breakdown = breakdowns[name];
  return { ...one, name, ...(one.role === undefined ? {} : { column: one.role }) };
}
