import { HeadwaterError } from '@headwater/core';
import type { Backoff } from './full-jitter.ts';
import { machineClock, type SenderClock } from './sender-clock.ts';
import { serviceLimits } from './service-limits.ts';

/** How records are sent. */
export interface SendOptions {
  /**
   * `key` keeps the order of the records of a partition key: a request has one of them at most, and the next one waits until it was
   * sent or given up. So one key has as many records a second as requests fit into it. With `none` records are put in the order of
   * `send` as long as none fails; one that fails comes after later ones. Defaults to `key`.
   */
  readonly order?: 'key' | 'none' | undefined;
  /** Requests at a time. Defaults to 4. */
  readonly requestsInFlight?: number | undefined;
  /** How long a record waits for others to share its request, in milliseconds. Defaults to 100. */
  readonly lingerMilliseconds?: number | undefined;
  /** Bytes of a request, data and partition keys. Defaults to 10 MiB, the service's limit; emulators may take 5 MiB. */
  readonly requestBytes?: number | undefined;
  /** Records that the buffer holds. `send` waits while it is full. Defaults to 10,000. */
  readonly bufferRecords?: number | undefined;
  /** Bytes that the buffer holds. Defaults to 32 MiB. */
  readonly bufferBytes?: number | undefined;
  /** Attempts before a record is given up. Defaults to 50. */
  readonly maximumAttempts?: number | undefined;
  /** Seconds after which a record that fails again is given up. Defaults to 300. */
  readonly maximumAgeSeconds?: number | undefined;
  /** The pauses between attempts, with full jitter. Defaults to at most 50 ms, doubled up to at most 5 s. */
  readonly backoff?: Backoff | undefined;
  /** Time and chance. Defaults to those of the machine. */
  readonly clock?: SenderClock | undefined;
}

/** {@link SendOptions} without gaps. */
export type SendSettings = { readonly [Name in keyof SendOptions]-?: NonNullable<SendOptions[Name]> };

const defaults = {
  order: 'key',
  requestsInFlight: 4,
  lingerMilliseconds: 100,
  requestBytes: serviceLimits.requestBytes,
  bufferRecords: 10_000,
  bufferBytes: 32 * 1024 * 1024,
  maximumAttempts: 50,
  maximumAgeSeconds: 300,
  backoff: { baseMilliseconds: 50, maximumMilliseconds: 5000 },
  clock: machineClock,
} satisfies SendOptions;

/** The least that each number may be. */
const least = {
  requestsInFlight: 1,
  lingerMilliseconds: 0,
  requestBytes: 1,
  bufferRecords: 1,
  bufferBytes: 1,
  maximumAttempts: 1,
  maximumAgeSeconds: 0,
} as const;

/**
 * The options with their defaults.
 *
 * @throws HeadwaterError `OPTION_INVALID`
 */
export function sendSettings(options: SendOptions): SendSettings {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const settings: SendSettings = { ...defaults, ...Object.fromEntries(given) };
  for (const [option, minimum] of Object.entries(least)) {
    const value: unknown = settings[option as keyof typeof least];
    if (typeof value !== 'number' || !Number.isFinite(value) || value < minimum)
      throw invalid(option, value, `a number from ${minimum} on`);
  }
  if (!['key', 'none'].includes(settings.order)) throw invalid('order', settings.order, 'key or none');
  const { baseMilliseconds, maximumMilliseconds } = settings.backoff;
  if (!(baseMilliseconds >= 0 && maximumMilliseconds >= baseMilliseconds))
    throw invalid(
      'backoff',
      JSON.stringify(settings.backoff),
      'baseMilliseconds, and maximumMilliseconds of at least that',
    );
  return settings;
}

const invalid = (option: string, value: unknown, expected: string) =>
  new HeadwaterError('OPTION_INVALID', { option, value: String(value), expected });
