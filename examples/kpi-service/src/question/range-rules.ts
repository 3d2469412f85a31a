import type { z } from 'zod';

/** The most days of one question: more have to be asked for in several. */
export const mostDays = 800;

/** Refuses a range that ends before it begins, or has too many days. */
export function checkRange(given: unknown, context: z.RefinementCtx): void {
  const { from, to } = given as { readonly from: string; readonly to: string };
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  const message =
    days < 1 ? `it is before from, ${from}` : `at most ${mostDays} days can be asked for at once`;
  if (!(days >= 1 && days <= mostDays)) context.addIssue({ code: 'custom', path: ['to'], message });
}
