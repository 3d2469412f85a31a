import { HeadwaterError } from '@headwater/core';
import type { Clock } from '../clock/clock.ts';
import type { CheckpointStore } from '../stream/checkpoint.ts';
import type { ShardReader } from '../stream/shard-reader.ts';
import type { DeliveryHandler } from './delivery.ts';
import type { EventSourceReport } from './event-source-report.ts';
import type { FailureDestination } from './failed-delivery.ts';

/** How an event source delivers: the settings of an event source mapping of AWS Lambda, by their meaning. */
export interface DeliverySettings {
  /** Records per delivery at most, 1 to 10,000. Defaults to 100. A delivery is also at most 6 MB. */
  readonly batchSize?: number;
  /** Seconds to wait for a full batch, 0 to 300. Defaults to 0: what is there is delivered. */
  readonly batchWindow?: number;
  /** Whether a batch that failed is split in two. Defaults to false. */
  readonly bisect?: boolean;
  /** Retries of a record before it is given up, 0 to 10,000. -1, the default, never gives up: a poison record blocks its shard. */
  readonly maximumRetries?: number;
  /** Seconds after which a record is too old to be delivered, 60 to 604,800. -1, the default, is never. */
  readonly maximumRecordAge?: number;
  /** Deliveries of one shard at the same time, 1 to 10. Order is kept per partition key. Defaults to 1. */
  readonly parallelizationFactor?: number;
  /** Seconds of a tumbling window, 0 to 900. Defaults to 0: none. */
  readonly tumblingWindow?: number;
  /** Whether `batchItemFailures` of an answer count. They are ignored otherwise. Defaults to false. */
  readonly reportBatchItemFailures?: boolean;
  /** Where reading of a shard begins that has no checkpoint. Shards made by a later split or merge are read from their beginning. */
  readonly startingPosition?: 'TRIM_HORIZON' | 'LATEST' | Date;
}

/** Options of {@link runEventSource}. */
export interface EventSourceOptions extends DeliverySettings {
  readonly reader: ShardReader;
  readonly handler: DeliveryHandler;
  /** Default to the memory of the call. */
  readonly checkpoints?: CheckpointStore;
  /** What takes records that are given up. Required unless `maximumRetries` and `maximumRecordAge` are -1. */
  readonly onFailure?: FailureDestination;
  readonly clock?: Clock;
  /** Milliseconds between two reads of a shard that had nothing to read. Defaults to 250. */
  readonly idleMs?: number;
  /** Milliseconds before the first retry; they double up to 100 times as many. Defaults to 100. */
  readonly retryMs?: number;
  /** Aborted, the event source stops after the deliveries that run. What they did is checkpointed. */
  readonly signal?: AbortSignal;
  /** Aborted, the event source ends once it has delivered everything that the shards have. */
  readonly drain?: AbortSignal;
  /** Counted while it runs, and returned. Defaults to a new report. */
  readonly report?: EventSourceReport;
}

/** The options with a range: their ranges, and their defaults. */
const ranges = {
  batchSize: [1, 10_000, 100],
  batchWindow: [0, 300, 0],
  maximumRetries: [-1, 10_000, -1],
  maximumRecordAge: [-1, 604_800, -1],
  parallelizationFactor: [1, 10, 1],
  tumblingWindow: [0, 900, 0],
} as const;

const names = Object.keys(ranges) as readonly (keyof typeof ranges)[];

/** The settings of an event source with their defaults. Times are in seconds. */
export type CheckedSettings = { readonly [Name in keyof typeof ranges]: number };

/**
 * Checks the settings and fills in the defaults.
 *
 * @throws HeadwaterError OPTION_INVALID, naming the option
 */
export function checkSettings(options: EventSourceOptions): CheckedSettings {
  const invalid = (option: string, value: unknown, expected: string): HeadwaterError =>
    new HeadwaterError('OPTION_INVALID', { option, value: String(value), expected });
  const settings = Object.fromEntries(
    names.map((name) => {
      const [least, most, byDefault] = ranges[name];
      const value = options[name] ?? byDefault;
      if (!Number.isSafeInteger(value) || value < least || value > most)
        throw invalid(name, value, `a whole number from ${least} to ${most}`);
      return [name, value];
    }),
  ) as CheckedSettings;
  const { maximumRecordAge, maximumRetries, parallelizationFactor, tumblingWindow } = settings;
  if (maximumRecordAge !== -1 && maximumRecordAge < 60)
    throw invalid('maximumRecordAge', maximumRecordAge, '-1, or at least 60');
  // A window has one state for each shard, which deliveries at the same time would overwrite.
  if (tumblingWindow > 0 && parallelizationFactor > 1)
    throw invalid('parallelizationFactor', parallelizationFactor, '1 with tumbling windows');
  if (!options.onFailure && (maximumRetries !== -1 || maximumRecordAge !== -1))
    throw invalid('onFailure', undefined, 'a failure destination, since records can be given up');
  return settings;
}
