import { HeadwaterError } from '@headwater/core';
import type { QuerySlotOptions } from './query-slots.ts';

/** The allowed values of each option. Timers have a maximum of 24 days; a day is longer than anybody waits. */
const rules: Readonly<Record<keyof QuerySlotOptions, { holds(value: number): boolean; expected: string }>> = {
  maxConcurrentQueries: {
    holds: (value) => Number.isInteger(value) && value >= 1,
    expected: 'a whole number of at least 1',
  },
  queueLimit: {
    holds: (value) => Number.isInteger(value) && value >= 0,
    expected: 'a whole number of at least 0',
  },
  queueTimeoutSeconds: {
    holds: (value) => value > 0 && value <= 86_400,
    expected: 'seconds, above 0 and up to 86400',
  },
};

/**
 * How many queries an engine runs at the same time, with defaults.
 *
 * @param defaultConcurrency the default of `maxConcurrentQueries`
 * @throws HeadwaterError `OPTION_INVALID`
 */
export function querySlotOptions(
  config: { readonly [Option in keyof QuerySlotOptions]?: number | undefined },
  defaultConcurrency: number,
): QuerySlotOptions {
  const options: QuerySlotOptions = {
    maxConcurrentQueries: config.maxConcurrentQueries ?? defaultConcurrency,
    queueLimit: config.queueLimit ?? 1000,
    queueTimeoutSeconds: config.queueTimeoutSeconds ?? 60,
  };
  for (const [option, { holds, expected }] of Object.entries(rules)) {
    const value = options[option as keyof QuerySlotOptions];
    if (!holds(value)) throw new HeadwaterError('OPTION_INVALID', { option, value: String(value), expected });
  }
  return options;
}
