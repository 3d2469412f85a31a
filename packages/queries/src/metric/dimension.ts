/** What a dimension holds. Ids are text, because JSON has no 64-bit integers; numbers are whole. */
export type DimensionKind = 'time' | 'text' | 'actor' | 'item' | 'hour' | 'weekday' | 'offset' | 'rank';

type NumberKind = 'hour' | 'weekday' | 'offset' | 'rank';

/** A column that says what a row of an answer is about. */
export interface Dimension<Kind extends DimensionKind = DimensionKind, Nullable extends boolean = boolean> {
  readonly kind: Kind;
  readonly description: string;
  readonly nullable: Nullable;
}

/** The JavaScript value of a dimension. */
export type DimensionValue<One extends Dimension> =
  | (One['kind'] extends NumberKind ? number : string)
  | (One['nullable'] extends true ? null : never);

const declare = <const Kind extends DimensionKind>(kind: Kind, description: string) =>
  ({ kind, description, nullable: false }) as const;

/** Declares the dimensions of a metric. */
export const dimension = {
  /**
   * A period, as `periodText` writes it: its first instant, `YYYY-MM-DD`, or `YYYY-MM-DDTHH:00:00Z` by hour, which has its offset in
   * another zone than UTC (`2019-10-27T01:00:00+01:00`). With grain `all`
   * it is the range, as its first and last day: `2019-10-01/2019-10-31`.
   */
  time: (description: string) => declare('time', description),
  /** A text that a row always has, such as a brand that is not null. */
  text: (description: string) => declare('text', description),
  /** A text that is null in the row of the events without one. */
  optionalText: (description: string) => ({ ...declare('text', description), nullable: true }) as const,
  /** A single actor, by id. The answers of a metric with one are not cached by default. */
  actor: (description: string) => declare('actor', description),
  /** An item, by id; null in the row of the events without one. */
  item: (description: string) => ({ ...declare('item', description), nullable: true }) as const,
  /** An hour of the day, 0 to 23. */
  hour: (description: string) => declare('hour', description),
  /** A weekday by ISO 8601: 1 is Monday, 7 is Sunday. */
  weekday: (description: string) => declare('weekday', description),
  /** A number of periods, from 0. */
  offset: (description: string) => declare('offset', description),
  /** A place in an order, from 1. */
  rank: (description: string) => declare('rank', description),
} as const;

/** The dimension that most metrics begin with. */
export const period = dimension.time(
  'First instant of the period (UTC); with grain all the range, as its first and last day',
);
