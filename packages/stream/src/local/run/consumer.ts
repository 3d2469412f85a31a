import { HeadwaterError } from '@headwater/core';
import type { Clock } from '../clock/clock.ts';
import { type Faults, InjectedCrash } from '../faults/faults.ts';
import type { DeliveryHandler } from '../poller/delivery.ts';
import { runEventSource } from '../poller/event-source.ts';
import type { DeliverySettings } from '../poller/event-source-options.ts';
import { emptyReport } from '../poller/event-source-report.ts';
import type { FailureDestination } from '../poller/failed-delivery.ts';
import type { StreamConnection } from './stream-connection.ts';
import type { HandlerReport } from './stream-report.ts';

/** What a consumer of a run is made of. */
export interface ConsumerOptions {
  readonly name: string;
  readonly handler: DeliveryHandler;
  readonly settings: DeliverySettings;
  readonly connection: StreamConnection;
  readonly onFailure: FailureDestination;
  readonly faults: Faults | undefined;
  readonly clock: Clock;
  readonly retryMs: number;
  /** Aborted when the run cannot go on. */
  readonly signal: AbortSignal;
  /** Aborted when nothing more is sent. */
  readonly drain: AbortSignal;
}

/** A consumer of a run. When its process ends by a fault, it starts again from its checkpoints. */
export class Consumer {
  readonly name: string;
  readonly report: HandlerReport = { ...emptyReport(), restarts: 0 };
  private readonly options: ConsumerOptions;

  constructor(options: ConsumerOptions) {
    this.name = options.name;
    this.options = options;
  }

  /** Delivers until the stream ends, or is drained. */
  async run(): Promise<void> {
    const { name, connection, faults, ...delivery } = this.options;
    const { reader, checkpoints } = connection.consumer(name);
    const options = {
      ...delivery,
      ...delivery.settings,
      reader,
      checkpoints: faults ? faults.checkpoints(name, checkpoints) : checkpoints,
      report: this.report,
    };
    for (;;) {
      try {
        await runEventSource(options);
        return;
      } catch (error) {
        if (!(error instanceof InjectedCrash)) throw error;
        this.report.restarts += 1;
      }
    }
  }
}

/** A failure destination that ends the run: nothing is given up in silence. */
export const refuseFailures =
  (handler: string, end: (error: unknown) => void): FailureDestination =>
  async ({ shard, records, error, condition }) => {
    const problem = error instanceof Error ? error.message : String(error ?? condition);
    const { sequenceNumber = '' } = records[0] ?? {};
    const payload = { handler, shard, sequenceNumber, problem };
    const failure = new HeadwaterError('STREAM_HANDLER_FAILED', payload, { cause: error });
    end(failure);
    throw failure;
  };

/** The failure destination of the archive, which gives nothing up: what it threw ends the run. */
export const refuseToArchive =
  (end: (error: unknown) => void): FailureDestination =>
  async ({ error }) => {
    end(error);
    throw error;
  };
