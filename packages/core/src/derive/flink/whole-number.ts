import { HeadwaterError } from '../../errors/headwater-error.ts';

/**
 * A whole number within bounds.
 * @throws HeadwaterError `OPTION_INVALID`
 */
export function wholeNumber(option: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new HeadwaterError('OPTION_INVALID', {
    option,
    value: String(value),
    expected: `a whole number from ${least} to ${most}`,
  });
}
