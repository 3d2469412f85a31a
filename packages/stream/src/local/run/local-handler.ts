import type { EventResult } from '../../record/record-result.ts';
import type { Delivery, DeliveryHandler } from '../poller/delivery.ts';
import type { DeliverySettings } from '../poller/event-source-options.ts';
import type { WindowState } from '../stream/checkpoint.ts';

interface NamedHandler {
  /** Names the consumer in reports. Unique in a run. */
  readonly name: string;
  /** How records are delivered to it. See {@link DeliverySettings}; the defaults of a run differ, see `runStream`. */
  readonly settings?: DeliverySettings;
}

/** A handler of records as they are: a Lambda function, for one, by `kinesisEvent`. */
export interface RecordHandler extends NamedHandler {
  readonly deliver: DeliveryHandler;
}

/** What a handler of events did not process. */
export interface EventHandlerResult {
  /** Sequence numbers of records to be delivered again. */
  readonly failed?: readonly string[];
  /** The state of a tumbling window. */
  readonly state?: WindowState;
}

/** A handler of events. Records that are no events are left out: the archive has them, with their reasons. */
export interface EventHandler<Event> extends NamedHandler {
  /**
   * Processes the events of a delivery. A rejection is the failure of all of it.
   *
   * @param now the event time up to which the handler has the events of all shards, as far as is known; the wall clock before the first
   *   event. Events that arrive in the order of their time are never older. It never goes back, and a single event does not move it by
   *   more than a day.
   */
  readonly process: (
    events: readonly EventResult<Event>[],
    delivery: Delivery,
    now: Date,
  ) => Promise<EventHandlerResult | undefined>;
  /**
   * Called once after the last deliveries of a run, and before the archive's flush: for what waits for more events. What it throws ends
   * the run. It is not called when the run has failed.
   *
   * @param now the latest event time that the handler was given, or the wall clock
   */
  readonly finish?: (now: Date) => Promise<void>;
}

/** What a run delivers the stream to. */
export type LocalHandler<Event> = EventHandler<Event> | RecordHandler;
