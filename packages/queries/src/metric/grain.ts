import { z } from 'zod';

/** The lengths of a period, from the shortest; `all` is the whole range as one. UTC, and weeks begin on Monday. */
export const grains = ['hour', 'day', 'week', 'month', 'all'] as const;

/** One of {@link grains}. */
export type Grain = (typeof grains)[number];

/** A grain parameter with its default. A week or a month cut by the range holds only what is inside the range. */
export const grainParameter = (grain: Grain = 'day') =>
  z.enum(grains).default(grain).describe('Length of a period (UTC; weeks begin on Monday)');
