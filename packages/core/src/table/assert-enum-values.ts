import { HeadwaterError } from '../errors/headwater-error.ts';
import type { CleaningStep } from './cleaning-step.ts';
import type { DataType } from './data-type.ts';
import { trimText } from './white-space.ts';

/** Whether a text step changes a text. */
const changes: { readonly [Name in CleaningStep['step']]?: (value: string) => boolean } = {
  trim: (value) => trimText(value) !== value,
  'lower-case': (value) => /[A-Z]/.test(value),
  'empty-to-null': (value) => value === '',
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
    const step = steps.find((one) => changes[one.step]?.(value))?.step;
    if (step === undefined) continue;
    const problem = `its value ${JSON.stringify(value)} is never met: the step ${step} makes another text of it`;
    const fix = 'Write the value as it is after the steps, or give the column other steps in clean';
    throw new HeadwaterError('DEFINITION_INVALID', { table, column, problem, fix });
  }
}
