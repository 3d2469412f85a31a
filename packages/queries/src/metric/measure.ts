import type { Needs } from './needs.ts';

/**
 * Over what the values of a measure may be summed.
 *
 * - `all`: over days and over every dimension, because each event counts once.
 * - `time`: over days, hours and weekdays; not over categories, brands and products, because a session can be in several.
 * - `none`: over nothing.
 */
export type Additive = 'all' | 'time' | 'none';

interface MeasureBase {
  readonly description: string;
  readonly additive: Additive;
  /** What one of it is. An amount has the unit of the table's column. */
  readonly unit?: string;
  /** What it needs of a table, one of each list; without it, the answer leaves the measure out. */
  readonly needs?: Needs;
  /** Left out of the answer; asked for by what needs both parts of a ratio, to sum them before it divides. */
  readonly isHidden?: boolean;
}

/** A whole number, or a sum: of events, sessions, distinct actors, amounts, lengths of time. */
interface PlainMeasure extends MeasureBase {
  readonly kind: 'count' | 'distinct' | 'amount' | 'duration';
}

/** One measure divided by another; null when the divisor is 0. */
interface RatioMeasure<Part extends string = string> extends MeasureBase {
  readonly kind: 'ratio';
  readonly additive: 'none';
  readonly numerator: Part;
  readonly denominator: Part;
  /** The denominator is multiplied by it, such as 1000 to make seconds of milliseconds. */
  readonly denominatorTimes?: number;
  /** Whether the denominator is the total over all groups. */
  readonly isOfTotal?: true;
  /** Whether the numerator is a part of the denominator, so that people read it in percent. */
  readonly isShare?: true;
}

/** One measure less another. */
interface DifferenceMeasure<Part extends string = string> extends MeasureBase {
  readonly kind: 'difference';
  readonly additive: 'none';
  readonly minuend: Part;
  readonly subtrahend: Part;
}

/** A column that says how much: a count, an amount, a duration, or what is computed of two others. */
export type Measure<Part extends string = string> =
  | PlainMeasure
  | RatioMeasure<Part>
  | DifferenceMeasure<Part>;

/** The JavaScript value of a measure. */
export type MeasureValue<One extends Measure> = One['kind'] extends 'ratio' | 'difference'
  ? number | null
  : number;

/** Declares the measures of a metric. */
export const measure = {
  /** How many: of events, sessions, orders. */
  count: (description: string, additive: Additive) => ({ kind: 'count', description, additive }) as const,
  /** How many different ones, such as actors. They do not add up: the same one can be in two rows. */
  distinct: (description: string) => ({ kind: 'distinct', description, additive: 'none' }) as const,
  /** A sum of amounts, exact up to 15 digits, in the unit of the table's amount. */
  amount: (description: string, additive: Additive) => ({ kind: 'amount', description, additive }) as const,
  /** A sum of lengths of time, in a unit such as `ms`. */
  duration: (description: string, unit: string, additive: Additive) =>
    ({ kind: 'duration', description, unit, additive }) as const,
  /**
   * One measure of the metric divided by another. Over several rows, sum both and then divide.
   *
   * @param options `unit` of the quotient; `denominatorTimes`, which multiplies the denominator
   */
  ratio: <const Part extends string>(
    description: string,
    numerator: Part,
    denominator: Part,
    options: { readonly unit?: string; readonly denominatorTimes?: number } = {},
  ) => ({ kind: 'ratio', description, additive: 'none', numerator, denominator, ...options }) as const,
  /** A ratio of a part to the whole, from 0 to 1. */
  share: <const Part extends string>(description: string, numerator: Part, denominator: Part) =>
    ({ kind: 'ratio', description, additive: 'none', numerator, denominator, isShare: true }) as const,
  /** A ratio of a measure to its total over all groups of the answer, before any limit. */
  shareOfTotal: <const Part extends string>(description: string, part: Part) =>
    ({
      kind: 'ratio',
      description,
      additive: 'none',
      numerator: part,
      denominator: part,
      isOfTotal: true,
      isShare: true,
    }) as const,
  /** One measure of the metric less another. */
  difference: <const Part extends string>(description: string, minuend: Part, subtrahend: Part) =>
    ({ kind: 'difference', description, additive: 'none', minuend, subtrahend }) as const,
  /**
   * Leaves a measure out of the answers about tables that lack what it needs. A ratio also needs what its parts need.
   * A question for some measures does not read a role that others alone say to need, so each measure that depends on such a role says so.
   *
   * @param needs one of each list: roles, and actions as `action:cart`
   * @example measure.needing(measure.count('Orders', 'time'), ['order', 'session'])
   */
  needing: <const One extends Measure, const Lists extends Needs>(one: One, ...needs: Lists) =>
    ({ ...one, needs }) as const,
  /** Leaves a measure out of the answer. It is there for the ratio that it is a part of. */
  hidden: <const One extends Measure>(one: One) => ({ ...one, isHidden: true }) as const,
} as const;

/** The measures that a measure is computed of. */
export function partsOf(one: Measure): readonly string[] {
  if (one.kind === 'ratio') return [one.numerator, one.denominator];
  return one.kind === 'difference' ? [one.minuend, one.subtrahend] : [];
}
