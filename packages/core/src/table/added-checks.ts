import type { z } from 'zod';
import { decimals } from './column-type.ts';

/** The checks that a user added to a zod type. Those that `decimal()` itself adds are not among them. */
export function addedChecks(type: z.core.$ZodType): readonly z.core.$ZodCheck<never>[] {
  const { checks = [] } = type._zod.def as { checks?: z.core.$ZodCheck<never>[] };
  return checks.slice(decimals.get(type)?.ownChecks ?? 0);
}
