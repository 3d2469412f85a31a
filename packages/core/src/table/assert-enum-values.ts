import type { CleaningStep } from '../clean/cleaning-step.ts';
import { HeadwaterError } from '../errors/headwater-error.ts';
import type { DataType } from './data-type.ts';

/** The texts that a text step changes; white space is what cleaning calls so. */
const changed: { readonly [Name in CleaningStep['step']]?: RegExp } = {
  trim: /^[\t-\r \u00a0\ufeff]|[\t-\r \u00a0\ufeff]$/,
  'lower-case': /[A-Z]/,
  'empty-to-null': /^$/,
};

/**
 * Refuses an enum value that no row could ever have, because the column's own text steps make another text of it: all
 * rows that mean it would be quarantined.
 *
 * @param steps the column's text steps
 * @throws HeadwaterError `DEFINITION_INVALID`, naming the value
 */
export function assertEnumValues(
  table: string,
  column: string,
  type: DataType,
  steps: readonly CleaningStep[],
): void {
  if (type.kind !== 'enum') return;
  for (const value of type.values) {
    const step = steps.find((one) => changed[one.step]?.test(value))?.step;
    if (step === undefined) continue;
    const problem = `its value ${JSON.stringify(value)} is never met: the step ${step} makes another text of it`;
    const fix = 'Write the value as it is after the steps, or give the column other steps in clean';
    throw new HeadwaterError('DEFINITION_INVALID', { table, column, problem, fix });
  }
}
