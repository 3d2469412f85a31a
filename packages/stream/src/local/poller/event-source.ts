import { systemClock } from '../clock/clock.ts';
import { type CheckpointStore, MemoryCheckpoints } from '../stream/checkpoint.ts';
import type { ShardDescription, ShardPosition } from '../stream/shard-reader.ts';
import { type CheckedSettings, checkSettings, type EventSourceOptions } from './event-source-options.ts';
import { type EventSourceReport, emptyReport } from './event-source-report.ts';
import { ShardPoller } from './shard-poller.ts';
import { ShardProgress } from './shard-progress.ts';

/** The shards that an event source polls: each once, and after its parents. */
class EventSource {
  readonly report: EventSourceReport;
  private readonly options: EventSourceOptions;
  private readonly settings: CheckedSettings;
  private readonly checkpoints: CheckpointStore;
  private readonly failure = new AbortController();
  private readonly stop: AbortSignal;
  private readonly errors: unknown[] = [];
  private readonly polling = new Map<string, Promise<void>>();
  private readonly finished = new Set<string>();
  private starting: Promise<void> = Promise.resolve();
  private hasListed = false;

  constructor(options: EventSourceOptions) {
    this.options = options;
    this.report = options.report ?? emptyReport();
    this.settings = checkSettings(options);
    this.checkpoints = options.checkpoints ?? new MemoryCheckpoints();
    const { signal } = options;
    this.stop = signal ? AbortSignal.any([signal, this.failure.signal]) : this.failure.signal;
  }

  async run(): Promise<EventSourceReport> {
    await this.startShards();
    // Shards that end start others.
    for (let count = -1; count < this.polling.size; ) {
      count = this.polling.size;
      await Promise.all(this.polling.values());
    }
    if (this.errors.length > 0) throw this.errors[0];
    return this.report;
  }

  /** Starts the shards whose parents are done. One call runs at a time, so that none is started twice. */
  private startShards(): Promise<void> {
    this.starting = this.starting.then(() => this.start()).catch((error) => this.fail(error));
    return this.starting;
  }

  private async start(): Promise<void> {
    const shards = await this.options.reader.shards(this.stop);
    const listed = new Set(shards.map(({ id }) => id));
    // The shards of a later list were made while this ran: all that they have is new.
    const fresh = startPosition(this.hasListed ? 'TRIM_HORIZON' : this.options.startingPosition);
    this.hasListed = true;
    // A parent that is no longer listed has no records left.
    const isReady = ({ id, parents }: ShardDescription): boolean =>
      !this.polling.has(id) && parents.every((parent) => this.finished.has(parent) || !listed.has(parent));
    for (let ready = shards.find(isReady); ready && !this.stop.aborted; ready = shards.find(isReady)) {
      const { id } = ready;
      const last = await this.checkpoints.get(id);
      if (last?.isFinished) this.finished.add(id);
      const { sequenceNumber } = last ?? {};
      const position: ShardPosition =
        sequenceNumber === undefined ? fresh : { type: 'AFTER_SEQUENCE_NUMBER', sequenceNumber };
      const progress = new ShardProgress(id, this.checkpoints, last);
      this.polling.set(id, last?.isFinished ? Promise.resolve() : this.poll(id, progress, position));
    }
  }

  private async poll(shard: string, progress: ShardProgress, position: ShardPosition): Promise<void> {
    const { options, settings, report, stop } = this;
    const clock = options.clock ?? systemClock;
    const poller = new ShardPoller({ shard, options, settings, clock, progress, report, stop }, position);
    try {
      if ((await poller.run((error) => this.fail(error))) !== 'finished') return;
      this.finished.add(shard);
      await this.startShards();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Stops every shard. What a stop itself breaks off is no error. */
  private fail(error: unknown): void {
    if (this.stop.aborted && (error as Error).name === 'AbortError') return;
    this.errors.push(error);
    this.failure.abort();
  }
}

const startPosition = (position: EventSourceOptions['startingPosition'] = 'TRIM_HORIZON'): ShardPosition =>
  position instanceof Date ? { type: 'AT_TIMESTAMP', timestamp: position } : { type: position };

/**
 * Delivers the records of a stream to a handler as an event source mapping of AWS Lambda does: in batches of one shard, in order, at
 * least once. A batch that fails is delivered again, and blocks its shard (with a parallelization factor, its partition keys) until
 * it succeeds or is given up. A shard is read after its parents are done.
 *
 * It runs until `signal` or `drain` ends it, or every shard is closed and done.
 *
 * @returns what it did
 * @throws HeadwaterError OPTION_INVALID when an option is out of range. Errors of the reader and of the checkpoints end it,
 *   and are thrown.
 * @example
 * ```ts
 * const { reader, checkpoints } = stream.consumer('sessions');
 * const report = await runEventSource({
 *   reader, checkpoints, handler, batchSize: 500, bisect: true, maximumRetries: 5, reportBatchItemFailures: true,
 *   onFailure: async ({ shard, records }) => keep(shard, records),
 * });
 * ```
 */
export async function runEventSource(options: EventSourceOptions): Promise<EventSourceReport> {
  return new EventSource(options).run();
}
