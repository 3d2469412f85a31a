import { HeadwaterError } from '../errors/headwater-error.ts';
import type { DataType } from './data-type.ts';
import { type TextStep, textStepRunner, textStepsRunner } from './text-step.ts';

/**
 * Rejects an enum value that the column's own text steps would change, unless a code of its map has it. No row could ever have
 * it, so every row with that value would be quarantined.
 *
 * @param steps the column's text steps
 * @throws HeadwaterError `DEFINITION_INVALID`, naming the value
 */
export function assertEnumValues(
  table: string,
  column: string,
  type: DataType,
  steps: readonly TextStep[],
): void {
  if (type.kind !== 'enum') return;
  const clean = textStepsRunner(steps);
  const codes = steps.flatMap((step) => (step.step === 'map' ? Object.keys(step.values) : []));
  for (const value of type.values) {
    if (clean(value) === value || codes.some((code) => clean(code) === value)) continue;
    const step = steps.find((one) => textStepRunner(one)(value) !== value)?.step;
    const problem = `the value ${JSON.stringify(value)} can never match: the ${step} step changes it`;
    const fix = 'Write the value as the steps leave it, or set other steps in clean';
    throw new HeadwaterError('DEFINITION_INVALID', { table, column, problem, fix });
  }
}
