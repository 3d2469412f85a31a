import { HeadwaterError } from '../errors/headwater-error.ts';

/**
 * Checks a whole number in an option.
 *
 * @param option the name of the option, for the message
 * @param most the maximum; `Infinity` for none
 * @throws HeadwaterError `OPTION_INVALID` for a fraction, or a number out of range
 * @example assertWholeNumber('maxCapacity', 5, 2, 149)
 */
export function assertWholeNumber(option: string, value: number, least: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  const expected = `a whole number from ${least}${most === Number.POSITIVE_INFINITY ? '' : ` to ${most}`}`;
  throw new HeadwaterError('OPTION_INVALID', { option, value: String(value), expected });
}

/**
 * A whole number of an option, checked by {@link assertWholeNumber}, for an expression.
 *
 * @throws HeadwaterError `OPTION_INVALID`
 * @example `${wholeNumber('idleSeconds', 60, 1, 86_400)} s` // '60 s'
 */
export function wholeNumber(option: string, value: number, least: number, most: number): number {
  assertWholeNumber(option, value, least, most);
  return value;
}
