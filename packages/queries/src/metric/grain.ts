import type { TimeUnit } from '../functions/function-table.ts';

/**
 * The lengths of a period, from the shortest; `all` is the whole range as one, and its label is the range
 * (`2019-10-01/2019-10-31`). Days are those of the zone of the answer, which is UTC by default; weeks begin on Monday.
 */
export const grains = ['hour', 'day', 'week', 'month', 'all'] as const satisfies (TimeUnit | 'all')[];

/** One of {@link grains}. */
export type Grain = (typeof grains)[number];

/** The grains that a metric offers, and its default. A week or a month cut by the range holds only what is inside the range. */
export interface GrainChoice<One extends Grain = Grain> {
  readonly of: readonly One[];
  readonly default: One;
}

/** Lets callers choose the length of a period: of all grains, or of some. */
export function grain(fallback: Grain): GrainChoice;
export function grain<const One extends Grain>(fallback: NoInfer<One>, of: readonly One[]): GrainChoice<One>;
export function grain(fallback: Grain, of: readonly Grain[] = grains): GrainChoice {
  return { of, default: fallback };
}
