import type { AliasableExpression, Expression } from 'kysely';
import type { TimeUnit } from './function-table.ts';
import { neutralFunction } from './neutral-function.ts';

/** A value as text. Ids are text in answers, because JSON has no 64-bit integers. */
export const asText = (value: Expression<unknown>): AliasableExpression<string> =>
  neutralFunction('asText', [], [value]);

/** A boolean as the text `true` or `false`. */
export const booleanText = (value: Expression<unknown>): AliasableExpression<string> =>
  neutralFunction('booleanText', [], [value]);

/**
 * A double as a decimal of 38 digits, so many of them behind the point: rounded, half away from zero.
 */
export const exactDecimal = (scale: number, value: Expression<unknown>): AliasableExpression<number> =>
  neutralFunction('exactDecimal', [scale], [value]);

/** The hour of an instant, 0 to 23. In a metric it is that of the zone of the answer, else UTC. */
export const hourOfDay = (time: Expression<Date>): AliasableExpression<number> =>
  neutralFunction('hourOfDay', [], [time]);

/** Texts one after another. None of them may be null: engines differ in what they make of it. */
export const joinTexts = (...texts: readonly Expression<unknown>[]): AliasableExpression<string> =>
  neutralFunction('joinTexts', [], texts);

/** The local time of an instant, as a timestamp without a zone; in UTC, the instant itself. */
export const localTime = (time: Expression<Date>): AliasableExpression<Date> =>
  neutralFunction('localTime', [], [time]);

/** The MD5 of a text in UTF-8, as 32 hexadecimal digits in lower case (https://www.rfc-editor.org/rfc/rfc1321). */
export const md5Text = (text: Expression<string>): AliasableExpression<string> =>
  neutralFunction('md5Text', [], [text]);

/** Milliseconds from one instant to another: whole, so that their sum does not depend on the order of rows. */
export const millisecondsBetween = (
  earlier: Expression<Date>,
  later: Expression<Date>,
): AliasableExpression<number> => neutralFunction('millisecondsBetween', [], [earlier, later]);

/**
 * A UTC day, `YYYY-MM-DD`, as the literal that the partition key `dt` is compared with: engines choose partitions before
 * they have a query's parameters.
 */
export const partitionDay = (day: string): AliasableExpression<string> =>
  neutralFunction('partitionDay', [day], []);

/**
 * A period's first instant as text: `YYYY-MM-DD`, `YYYY-MM-DDTHH:00:00Z` for hours. In a zone other than UTC, hours carry their
 * offset: `2019-10-27T01:00:00+01:00`.
 */
export const periodStartText = (unit: TimeUnit, time: Expression<Date>): AliasableExpression<string> =>
  neutralFunction('periodStartText', [unit], [time]);

/** How many periods lie between two first instants of periods. */
export const periodsBetween = (
  unit: TimeUnit,
  earlier: Expression<Date>,
  later: Expression<Date>,
): AliasableExpression<number> => neutralFunction('periodsBetween', [unit], [earlier, later]);

/** One number divided by another as a double; null when the divisor is zero. */
export const ratio = (
  part: Expression<unknown>,
  whole: Expression<unknown>,
): AliasableExpression<number | null> => neutralFunction('ratio', [], [part, whole]);

/** An instant in UTC as text: `YYYY-MM-DDTHH:MM:SS`. */
export const timeText = (time: Expression<Date>): AliasableExpression<string> =>
  neutralFunction('timeText', [], [time]);

/** An instant as a literal without a zone, which is UTC in a lake. */
export const timestampLiteral = (instant: Date): AliasableExpression<Date> =>
  neutralFunction('timestampLiteral', [instant], []);

/**
 * The first instant of the hour, day, ISO week (from Monday) or month of an instant. In a metric the periods are those of the
 * zone of the answer, else UTC.
 */
export const truncateTime = (unit: TimeUnit, time: Expression<Date>): AliasableExpression<Date> =>
  neutralFunction('truncateTime', [unit], [time]);

/** The weekday of an instant by ISO 8601: 1 is Monday, 7 is Sunday. In a metric it is that of the zone of the answer, else UTC. */
export const weekday = (time: Expression<Date>): AliasableExpression<number> =>
  neutralFunction('weekday', [], [time]);
