import { HeadwaterError } from '@headwater/core';
import { createRecordReader, type RecordTable } from '../../record/record-reader.ts';
import { type Clock, systemClock } from '../clock/clock.ts';
import { Faults } from '../faults/faults.ts';
import type { DeliveryHandler } from '../poller/delivery.ts';
import type { DeliverySettings } from '../poller/event-source-options.ts';
import type { FailureDestination } from '../poller/failed-delivery.ts';
import { createLocalStream } from '../stream/local-stream.ts';
import { assertAccounted } from './assert-accounted.ts';
import { Consumer, refuseFailures, refuseToArchive } from './consumer.ts';
import { deliveryHandler } from './event-handler.ts';
import { HandlerClock } from './handler-clock.ts';
import type { RunStreamOptions } from './run-options.ts';
import { sendSource } from './send-source.ts';
import { sharedReader } from './shared-reader.ts';
import { localConnection, type StreamConnection } from './stream-connection.ts';
import type { StreamReport, StreamTick } from './stream-report.ts';
import { StreamTally } from './stream-tally.ts';

/** How a run delivers, unless a handler says otherwise. */
const defaultSettings: DeliverySettings = {
  batchSize: 500,
  bisect: true,
  maximumRetries: 5,
  reportBatchItemFailures: true,
};

const archiveName = 'archive';
/** An archive tries again where that helps, and what it throws ends the run. */
const archiveSettings: DeliverySettings = { batchSize: 1_000, maximumRetries: 0 };

/**
 * Runs a whole pipeline in this process: the source is sent to a stream, and the stream is delivered to an archive and to handlers, each
 * with checkpoints of its own. Handlers get batches of 500, retried five times and bisected, unless their settings say otherwise.
 *
 * Memory is bounded: the source is read no faster than the slowest consumer acknowledges.
 *
 * @returns what the run did, with every record accounted for
 * @throws HeadwaterError `STREAM_UNACCOUNTED` when a record is neither archived, quarantined nor reported; `STREAM_HANDLER_FAILED` and
 *   `EVENTS_UNSENT` when something was given up and nothing takes it; `OPTION_INVALID`. Errors of the source and the archive are thrown.
 * @example
 * ```ts
 * const report = await runStream({ table: clickstream, source, archive, handlers: [sessionsHandler(store)], signal });
 * console.log(report.sent, report.archive.rows, report.archive.duplicates, report.archive.quarantined, report.unsent);
 * ```
 */
export async function runStream<Table extends RecordTable>(
  options: RunStreamOptions<Table>,
): Promise<StreamReport> {
  return new StreamRun(options).run();
}

class StreamRun<Table extends RecordTable> {
  private readonly options: RunStreamOptions<Table>;
  private readonly clock: Clock;
  private readonly faults: Faults | undefined;
  private readonly connection: StreamConnection;
  private readonly tally: StreamTally;
  private readonly archiver: Consumer;
  private readonly consumers: readonly Consumer[];
  private readonly endings: (() => Promise<void>)[] = [];
  /** Aborted when the run cannot go on, with the reason. */
  private readonly failure = new AbortController();
  private readonly drain = new AbortController();
  private readonly sending = { taken: 0, unsent: 0 };

  constructor(options: RunStreamOptions<Table>) {
    this.options = options;
    this.clock = options.clock ?? systemClock;
    this.faults = options.faults && new Faults(options.faults);
    this.connection = this.connect();
    const { schema } = options.table;
    const read = sharedReader(createRecordReader(options.table, options.records));
    this.tally = new StreamTally(read, schema.roles.time);
    const { archive, onFailure } = options;
    const fail = (error: unknown): void => this.fail(error);
    this.archiver = this.consumer(
      archiveName,
      archiveSettings,
      async ({ shard, records }) => {
        await archive.write(shard, records);
        this.tally.add(shard, records);
        return undefined;
      },
      refuseToArchive(fail),
    );
    const names = new Set([archiveName]);
    const handlers = options.handlers.map((handler) => {
      if (names.has(handler.name))
        throw new HeadwaterError('OPTION_INVALID', {
          option: 'handlers',
          value: handler.name,
          expected: 'a name that no other consumer has',
        });
      names.add(handler.name);
      const { unacknowledged } = this.connection;
      const handlerClock = new HandlerClock({
        ...{ read, timeColumn: schema.roles.time },
        unacknowledged: unacknowledged && ((limit) => unacknowledged(handler.name, limit)),
      });
      const context = { read, clock: this.clock, handlerClock };
      const { finish } = 'process' in handler ? handler : {};
      if (finish)
        this.endings.push(() => {
          handlerClock.latest.end();
          return finish(handlerClock.latest.time ?? new Date(this.clock.now()));
        });
      const deliver = deliveryHandler(handler, context);
      const faulty = this.faults ? this.faults.handler(handler.name, deliver) : deliver;
      const { name } = handler;
      const destination: FailureDestination = onFailure
        ? (failed) => onFailure(name, failed)
        : refuseFailures(name, fail);
      return this.consumer(name, { ...defaultSettings, ...handler.settings }, faulty, destination);
    });
    this.consumers = [this.archiver, ...handlers];
    // Before the first record, so that none is trimmed that a consumer has yet to read.
    for (const { name } of this.consumers) this.connection.consumer(name);
  }

  async run(): Promise<StreamReport> {
    const done = new AbortController();
    const ticking = this.tick(done.signal).catch((error) => this.fail(error));
    const consuming = Promise.all(
      this.consumers.map((consumer) => consumer.run().catch((error) => this.fail(error))),
    );
    const sending = this.send().catch((error) => this.fail(error));
    const { signal } = this.failure;
    const failed = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await Promise.race([failed, Promise.all([sending, consuming])]);
    // After a failure, what is being delivered comes to its end. A source that does not answer is not waited for.
    await consuming;
    if (!signal.aborted) await this.finish();
    done.abort();
    await ticking;
    signal.throwIfAborted();
    const report = await this.settle();
    await this.options.onTick?.(this.now());
    return report;
  }

  /** Lets handlers end, one after the other. */
  private async finish(): Promise<void> {
    for (const end of this.endings) {
      try {
        await end();
      } catch (error) {
        this.fail(error);
        return;
      }
    }
  }

  private connect(): StreamConnection {
    const { stream } = this.options;
    if (stream && 'sink' in stream) return stream;
    const reshards = this.faults?.reshards() ?? [];
    const local = { ...stream, clock: this.clock, reshards: [...(stream?.reshards ?? []), ...reshards] };
    return localConnection(createLocalStream(local));
  }

  private consumer(
    name: string,
    settings: DeliverySettings,
    handler: DeliveryHandler,
    onFailure: FailureDestination,
  ): Consumer {
    return new Consumer({
      ...{
        name,
        settings,
        handler,
        onFailure,
        connection: this.connection,
        faults: this.faults,
        clock: this.clock,
      },
      ...{ retryMs: this.options.retryMs ?? 100, signal: this.failure.signal, drain: this.drain.signal },
    });
  }

  /** Sends the source, and then says that nothing follows. */
  private async send(): Promise<void> {
    const { sink } = this.connection;
    await sendSource({
      source: this.options.source,
      sink: this.faults ? this.faults.sink(sink) : sink,
      send: this.options.send,
      sending: this.sending,
      onUnsent: this.options.onUnsent,
      signal: this.options.signal,
      failure: this.failure.signal,
    });
    this.connection.end?.();
    this.drain.abort();
  }

  private async tick(done: AbortSignal): Promise<void> {
    const { onTick, tickMs = 200 } = this.options;
    if (!onTick) return;
    for (;;) {
      await this.clock.sleep(tickMs, done);
      if (done.aborted) return;
      await onTick(this.now());
    }
  }

  private now(): StreamTick {
    const { taken, unsent } = this.sending;
    const { time } = this.tally.eventClock;
    const names = this.consumers.map(({ name }) => name);
    return {
      ...{ taken, unsent, records: this.tally.counts },
      behind: Object.fromEntries(names.map((name) => [name, this.connection.behind?.(name) ?? 0])),
      givenUp: this.consumers.reduce((sum, { report }) => sum + report.givenUp, 0),
      ...(time && { eventTime: time }),
    };
  }

  private async settle(): Promise<StreamReport> {
    this.tally.eventClock.end();
    const archive = await this.options.archive.flush();
    const { taken, unsent } = this.sending;
    const records = this.tally.counts;
    const stored = this.connection.taken?.() ?? records.records;
    const { signal } = this.options;
    const archivedBefore = this.options.archivedBefore?.() ?? 0;
    assertAccounted({ taken, unsent, stored, delivered: records.records, archive, archivedBefore });
    const repeated = stored - (taken - unsent);
    const { time } = this.tally.eventClock;
    const handlers = this.consumers.filter((consumer) => consumer !== this.archiver);
    return {
      ...{
        isStopped: signal?.aborted ?? false,
        taken,
        repeated,
        sent: taken + repeated,
        unsent,
        records,
        archive,
      },
      handlers: Object.fromEntries(handlers.map(({ name, report }) => [name, report])),
      shards: this.archiver.report.finishedShards,
      ...(time && { eventTime: time }),
      ...(this.faults && { faults: this.faults.injected }),
    };
  }

  /** Ends the run. The first reason counts. */
  private fail(error: unknown): void {
    this.failure.abort(error);
  }
}
