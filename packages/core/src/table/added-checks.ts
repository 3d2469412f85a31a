import type { z } from 'zod';
import { decimals } from './column-type.ts';

/** The checks of a zod type beyond what its data type, and the bounds given to `decimal()`, say already. */
export function addedChecks(type: z.core.$ZodType): readonly z.core.$ZodCheck<never>[] {
  const { checks = [] } = type._zod.def as { checks?: z.core.$ZodCheck<never>[] };
  return checks.slice(decimals.get(type)?.ownChecks ?? 0);
}
