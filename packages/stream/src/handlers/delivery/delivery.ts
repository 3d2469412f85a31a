import type { EventResult } from '../../record/record-result.ts';
import type { DeliveredRecord } from '../envelope/kinesis-records.ts';
import type { LambdaContext } from '../envelope/lambda-context.ts';
import type { PoisonRecord } from '../failures/poison-sink.ts';
import type { MetricValues } from '../telemetry/handler-metrics.ts';

/** An event of a delivery, with the record that it came in. */
export interface DeliveredEvent<Event> extends EventResult<Event> {
  readonly record: DeliveredRecord;
}

/** What a handler is given to process: the events of a delivery, in its order. Rejected and filtered records are none. */
export interface Delivery<Event> {
  readonly events: readonly DeliveredEvent<Event>[];
  readonly context: LambdaContext;
  /** Whether the rest of the time is needed to answer. A handler then leaves what it has not begun. */
  isOutOfTime(): boolean;
  /**
   * Waits for work until the rest of the time is needed to answer. Undefined then: the work may go on, so what it settles has to be the
   * same when the records are delivered again.
   */
  inTime<Value>(work: Promise<Value>): Promise<Value | undefined>;
}

/** What became of the events of a delivery. What is neither unprocessed nor poison is settled. */
export interface DeliveryOutcome {
  /** The sequence numbers of events to be delivered again, in any order. */
  readonly unprocessed?: Iterable<string> | undefined;
  /** Events that can never be processed. */
  readonly poison?:
    | readonly { readonly sequenceNumber: string; readonly reasons: PoisonRecord['reasons'] }[]
    | undefined;
  /** Metrics of the handler's own. */
  readonly metrics?: MetricValues | undefined;
}
