import { z } from 'zod';
import { isDay } from '../lake/time-range.ts';

const day = z.string().refine(isDay, 'expected a UTC day that exists, as YYYY-MM-DD');

/** Every metric's range: whole UTC days, both inside. */
export const rangeParameters = {
  from: day.describe('First day, YYYY-MM-DD (UTC)'),
  to: day.describe('Last day, inclusive, YYYY-MM-DD (UTC)'),
};

/** How many rows a ranking gives. */
export const limitParameter = (rows = 10) =>
  z.coerce.number().int().min(1).max(100_000).default(rows).describe('How many rows');
