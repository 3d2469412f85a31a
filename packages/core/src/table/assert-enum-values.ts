import { HeadwaterError } from '../errors/headwater-error.ts';
import type { CleaningStep } from './cleaning-step.ts';
import type { DataType } from './data-type.ts';
import { trimText } from './white-space.ts';

/** For each text step, whether it changes a value. */
const changes: { readonly [Name in CleaningStep['step']]?: (value: string) => boolean } = {
  trim: (value) => trimText(value) !== value,
  'lower-case': (value) => /[A-Z]/.test(value),
  'empty-to-null': (value) => value === '',
};

/**
 * Rejects an enum value that the column's own text steps would change. No row could ever have it, so every row with that
 * value would be quarantined.
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
    const problem = `the value ${JSON.stringify(value)} can never match: the ${step} step changes it`;
    const fix = 'Write the value as the steps leave it, or set other steps in clean';
    throw new HeadwaterError('DEFINITION_INVALID', { table, column, problem, fix });
  }
}
