import { HeadwaterError } from '@headwater/core';
import type { WriteOptions } from './write-options.ts';

/**
 * Checks the numbers among the options of a writing operation.
 *
 * @throws HeadwaterError `OPTION_INVALID`
 */
export function assertWriteOptions(options: WriteOptions): void {
  const { threads, lockTimeoutSeconds, leftoverGraceSeconds } = options;
  const fail = (option: string, value: number, expected: string): never => {
    throw new HeadwaterError('OPTION_INVALID', { option, value: String(value), expected });
  };
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1))
    fail('threads', threads, 'a whole number, 1 or more');
  const seconds = Object.entries({ lockTimeoutSeconds, leftoverGraceSeconds });
  for (const [option, value] of seconds)
    if (value !== undefined && !(value >= 0)) fail(option, value, 'seconds, 0 or more');
}
