import {
  type AliasableExpression,
  type AliasedExpression,
  type Expression,
  expressionBuilder,
  type SelectQueryBuilder,
} from 'kysely';
import { asText, booleanText } from '../functions/functions.ts';
import type { NamedBreakdown } from './breakdown.ts';
import type { MetricContext } from './metric.ts';

type PartContext = Pick<MetricContext<unknown, 'time'>, 'breakdown'>;

/** A value of the break-down that is asked for: a text, or a number for an hour or a weekday. */
export type Part = string | number | null;

/**
 * How rows are split into the parts of a break-down: what to select as the column `part`, and what to group by. Both are
 * empty when no break-down is asked for, so that a query spreads them wherever it may be.
 */
export interface Parts {
  readonly selected: readonly AliasedExpression<Part, 'part'>[];
  readonly grouped: readonly Expression<Part>[];
  /** The column `part` by name, for windows over rows that have it. */
  readonly names: readonly 'part'[];
}

const { ref } = expressionBuilder<{ rows: Record<string, Part> }, 'rows'>();

const parts = (value?: AliasableExpression<Part>, key: Expression<Part> | undefined = value): Parts => ({
  selected: value ? [value.as('part')] : [],
  grouped: key ? [key] : [],
  names: value ? ['part'] : [],
});

/** The parts of events by the category, brand or product that each is about, or by a column; none by hour or weekday. */
export function thingParts({ breakdown }: PartContext): Parts {
  const column = breakdown?.column;
  return breakdown === undefined || column === undefined
    ? parts()
    : parts(partText(breakdown, column), ref(column));
}

const partText = ({ isBoolean }: NamedBreakdown, column: string): AliasableExpression<string> =>
  isBoolean ? booleanText(ref(column)) : asText(ref(column));

/** The parts of rows that were split by {@link thingParts} before. */
export const rowParts = ({ breakdown }: PartContext): Parts =>
  breakdown?.column === undefined ? parts() : parts(ref('part'));

/** The parts of rows by the hour or the weekday of an instant; none by category, brand or product. */
export const timeParts = ({ breakdown }: PartContext, time: Expression<Date>): Parts =>
  parts(breakdown?.of?.(time));

/** The part that an event is in; undefined when no break-down is asked for. An hour or a weekday is that of the event. */
export function partOfEvent(
  { breakdown }: PartContext,
  time: Expression<Date>,
): AliasableExpression<Part> | undefined {
  return breakdown?.column === undefined ? breakdown?.of?.(time) : partText(breakdown, breakdown.column);
}

/** The parts of events, whatever the break-down. */
export const eventParts = (context: PartContext, time: Expression<Date>): Parts =>
  context.breakdown?.of ? timeParts(context, time) : thingParts(context);

/** The column of the answer that a break-down adds, of rows that have the column `part`. */
export const partColumn = ({ breakdown }: PartContext): readonly AliasedExpression<Part, string>[] =>
  breakdown ? [ref('part').as(breakdown.name)] : [];

/**
 * The order of parts within a period: by category, brand or product the one with the most first, equal ones by name, that
 * without a name last; by hour or weekday as time goes.
 *
 * @param main the measure that says which part has the most
 */
export function inPartOrder<DB, TB extends keyof DB, O>(
  { breakdown }: PartContext,
  query: SelectQueryBuilder<DB, TB, O>,
  main: string,
): SelectQueryBuilder<DB, TB, O> {
  if (!breakdown) return query;
  const first = breakdown.of ? query : query.orderBy(ref(main), 'desc');
  return first.orderBy(ref('part'), (order) => order.asc().nullsLast());
}
