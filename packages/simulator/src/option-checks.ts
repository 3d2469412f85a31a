import { HeadwaterError } from '@headwater/core';

/** The error for an option that cannot be right. */
export const invalid = (option: string, value: unknown, expected: string): HeadwaterError =>
  new HeadwaterError('SIMULATION_INVALID', { option, value: String(value), expected });

/** @throws HeadwaterError SIMULATION_INVALID unless the value is a whole number in a range */
export const assertWhole = (option: string, value: number, least: number, most: number): void => {
  if (!Number.isSafeInteger(value) || value < least || value > most)
    throw invalid(option, value, `a whole number from ${least} to ${most}`);
};

/** @throws HeadwaterError SIMULATION_INVALID unless the value is from 0 to `most` */
export const assertShare = (option: string, value: number, most: number): void => {
  if (!(value >= 0 && value <= most)) throw invalid(option, value, `a share from 0 to ${most}`);
};

/** @throws HeadwaterError SIMULATION_INVALID unless the value is one of a list */
export const assertOneOf = (option: string, value: string, allowed: readonly string[]): void => {
  if (!allowed.includes(value)) throw invalid(option, value, allowed.join(', '));
};
