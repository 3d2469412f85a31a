import type { InferRow } from '@headwater/core';
import type { SendOptions } from '../../producer/send-options.ts';
import type { UnsentRecord } from '../../producer/unsent-record.ts';
import type { RecordReaderOptions, RecordTable } from '../../record/record-reader.ts';
import type { Clock } from '../clock/clock.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { FailedDelivery } from '../poller/failed-delivery.ts';
import type { LocalStreamOptions } from '../stream/local-stream.ts';
import type { Archive } from './archive.ts';
import type { LocalHandler } from './local-handler.ts';
import type { SourceRecord } from './source-record.ts';
import type { StreamConnection } from './stream-connection.ts';
import type { StreamTick } from './stream-report.ts';

/** Options of {@link runStream}. */
export interface RunStreamOptions<Table extends RecordTable> {
  readonly table: Table;
  /** What is sent, in this order. It is read no faster than the stream takes it. */
  readonly source: AsyncIterable<SourceRecord>;
  readonly handlers: readonly LocalHandler<InferRow<Table>>[];
  readonly archive: Archive;
  /** The stream. Defaults to one in this process. */
  readonly stream?: StreamConnection | LocalStreamOptions;
  /** How records are read: the source of the table that they are of, and its lookups. */
  readonly records?: RecordReaderOptions;
  /** What goes wrong, by seed. Splits and merges are for a stream in this process only. */
  readonly faults?: FaultPlan;
  /**
   * Takes what a handler gave up. Without it the first one ends the run with `STREAM_HANDLER_FAILED`. A rejection makes the shard wait.
   */
  readonly onFailure?: (handler: string, failed: FailedDelivery) => Promise<void>;
  /** Takes what could not be put into the stream. Without it the run fails with `EVENTS_UNSENT`. */
  readonly onUnsent?: (record: UnsentRecord) => void | Promise<void>;
  /** How the source is sent. Defaults to one request at a time, in the order of the source. */
  readonly send?: SendOptions;
  /** Called every `tickMs` milliseconds, 200 by default, and at the end. */
  readonly onTick?: (tick: StreamTick) => void | Promise<void>;
  readonly tickMs?: number;
  /** Milliseconds before the first retry of a handler; they double. Defaults to 100. */
  readonly retryMs?: number;
  /** Aborted, the source is read no further. What was sent is delivered and archived, and the report says that the run was stopped. */
  readonly signal?: AbortSignal;
  /** Records that `archive` counts and this run did not send. Called after `archive.flush`. Defaults to 0. */
  readonly archivedBefore?: () => number;
  readonly clock?: Clock;
}
