import { z } from 'zod';

// Counts and sums come as number, bigint or decimal text, by the width of the engine's type.
const numeric = z.union([z.number(), z.bigint(), z.string().regex(/^-?\d+(\.\d+)?$/)]).transform(Number);

/** How many. */
export const count = numeric.pipe(z.int().nonnegative());

/** A sum of the amount column: exact up to 15 digits. */
export const amount = numeric.pipe(z.number());

/** A quotient; null when there was nothing to divide by. */
export const quotient = z.number().nullable();

/** The first instant of a period: `YYYY-MM-DD`, or `YYYY-MM-DDTHH:00:00Z` by hour. */
export const period = z.string();
