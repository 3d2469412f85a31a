import type { RollupGrain } from './rollup-config.ts';

/** What the rules know of a measure: the facts that `answerColumns` of `@headwater/queries` gives. */
export interface SummableMeasure {
  readonly name: string;
  readonly kind: string;
  /** Over what it may be summed: `all`, `time` or `none`. */
  readonly additive: 'all' | 'time' | 'none';
  readonly numerator?: string | undefined;
  readonly denominator?: string | undefined;
  readonly isOfTotal?: boolean | undefined;
  readonly minuend?: string | undefined;
  readonly subtrahend?: string | undefined;
}

/** The grains from the shortest to the longest. `all` is the whole range. */
const lengths = ['hour', 'day', 'week', 'month', 'all'];

/** How an answer follows from stored periods: they are its rows, or it sums them; or why it does not follow. */
export type FollowsFrom =
  | { readonly how: 'same' | 'summed'; readonly why?: never }
  | { readonly how?: never; readonly why: string };

/**
 * How the answer by one grain follows from stored answers by another. The same grain needs no sum. A longer one is the sum of
 * what is in it, which every measure has to allow: additive over time, or computed of measures that are.
 *
 * @param grain of the question
 * @param stored the grain of the stored periods
 * @param measures all measures of the answer, with the hidden ones
 * @param counted measures whose values of any period are known besides: their distinct keys are stored
 * @example followsFrom('month', 'day', measures) // { why: 'visitors does not add up over days' }
 */
export function followsFrom(
  grain: string,
  stored: RollupGrain,
  measures: readonly SummableMeasure[],
  counted: ReadonlySet<string> = new Set(),
): FollowsFrom {
  if (grain === stored) return { how: 'same' };
  if (lengths.indexOf(grain) < lengths.indexOf(stored))
    return { why: `its periods are a ${stored} long, and the question is by ${grain}` };
  const byName = new Map(
    measures.map((one) => [one.name, counted.has(one.name) ? ({ ...one, additive: 'time' } as const) : one]),
  );
  const stuck = [...byName.values()]
    .map((one) => notSummable(one, byName))
    .find((name) => name !== undefined);
  return stuck === undefined ? { how: 'summed' } : { why: `${stuck} does not add up over ${stored}s` };
}

/** The measure because of which a measure cannot be summed over time: itself, or one that it is computed of. */
function notSummable(
  one: SummableMeasure,
  measures: ReadonlyMap<string, SummableMeasure>,
): string | undefined {
  if (one.additive !== 'none') return undefined;
  // A share of the total of all groups: sums of periods would be shares of another total.
  if (one.isOfTotal) return one.name;
  const parts = [one.numerator, one.denominator, one.minuend, one.subtrahend].filter(
    (name) => name !== undefined,
  );
  if (parts.length === 0) return one.name;
  for (const name of parts) {
    const part = measures.get(name);
    const stuck = part === undefined ? name : notSummable(part, measures);
    if (stuck !== undefined) return stuck;
  }
  return undefined;
}
