import type { StreamRecord } from '../../record/stream-record.ts';
import type { WindowState } from '../stream/checkpoint.ts';

/** A tumbling window: from `start` up to but not including `end`, by the time at which records arrived. */
export interface DeliveryWindow {
  readonly start: Date;
  readonly end: Date;
  /** What the handler returned before for this window. Empty at its beginning. */
  readonly state: WindowState;
  /** Whether the window has ended, and this delivery, without records, is its last. */
  readonly isFinal: boolean;
  /** Whether the state has grown too large. This delivery has no records, and the window goes on with an empty state. */
  readonly isTerminatedEarly: boolean;
}

/** One invocation of a handler with a batch of records of one shard. */
export interface Delivery {
  readonly shard: string;
  readonly records: readonly StreamRecord[];
  readonly streamArn: string;
  /** 0 for the first invocation with the first record of the batch, then one more for each retry. */
  readonly retry: number;
  /** Set when the event source has tumbling windows. */
  readonly window?: DeliveryWindow;
}

/** What a handler answers, in the words of the service. */
export interface DeliveryResponse {
  /** The records that failed. The lowest sequence number counts: everything from it on is delivered again. */
  readonly batchItemFailures?: readonly { readonly itemIdentifier: string }[] | null;
  /** The state of the window. An answer without it is a failure when the event source has tumbling windows. */
  readonly state?: WindowState;
}

/** What a shard is delivered to. A rejection is the failure of the whole batch. */
export type DeliveryHandler = (delivery: Delivery) => Promise<DeliveryResponse | null | undefined>;
