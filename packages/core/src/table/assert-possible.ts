import type { CleaningStep, RangeBound } from './cleaning-step.ts';
import { decimalUnits } from './decimal-text.ts';

type Refuse = (problem: string, fix: string) => never;

/** Rejects checks that no value can pass together, such as `.min(5).max(1)`. */
export function assertPossible(steps: readonly CleaningStep[], refuse: Refuse): void {
  const ranges = steps.filter((step) => step.step === 'range');
  const lengths = steps.filter((step) => step.step === 'length');
  for (const { minimum } of ranges)
    for (const { maximum } of ranges)
      if (minimum && maximum && isEmpty(minimum, maximum))
        refuse(
          `no value is ${minimum.exclusive ? 'greater than' : 'at least'} ${minimum.value} and ${maximum.exclusive ? 'less than' : 'at most'} ${maximum.value}`,
          'Correct the bounds',
        );
  for (const { minimum = 0 } of lengths)
    for (const { maximum = minimum } of lengths)
      if (minimum > maximum)
        refuse(`no text has at least ${minimum} and at most ${maximum} characters`, 'Correct the lengths');
}

function isEmpty(minimum: RangeBound, maximum: RangeBound): boolean {
  const order = compareBounds(minimum.value, maximum.value);
  return order > 0 || (order === 0 && (minimum.exclusive === true || maximum.exclusive === true));
}

/** Numbers are compared exactly where they are written out, and the ISO texts of instants as texts. */
function compareBounds(left: string, right: string): number {
  if (left.includes('T') || right.includes('T')) return left < right ? -1 : Number(left > right);
  const isPlain = [left, right].every((text) => /^-?\d+(\.\d+)?$/.test(text));
  const [a, b] = isPlain ? [decimalUnits(left), decimalUnits(right)] : [Number(left), Number(right)];
  return a < b ? -1 : Number(a > b);
}
