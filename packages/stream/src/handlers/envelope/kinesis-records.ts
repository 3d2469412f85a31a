import type { StreamRecord } from '../../record/stream-record.ts';
import type { KinesisEvent } from './kinesis-event.ts';

/** A record of a delivery, with all that Lambda passes. */
export type DeliveredRecord = Required<StreamRecord> & {
  readonly data: string;
  /** The ARN of the stream. */
  readonly stream: string;
};

/** The records of a delivery, in its order. */
export function deliveredRecords({ Records }: KinesisEvent): DeliveredRecord[] {
  return Records.map(({ eventID, eventSourceARN, kinesis }) => ({
    data: kinesis.data,
    sequenceNumber: kinesis.sequenceNumber,
    partitionKey: kinesis.partitionKey,
    arrivedAt: new Date(Math.round(kinesis.approximateArrivalTimestamp * 1000)),
    shard: eventID.slice(0, eventID.indexOf(':')),
    stream: eventSourceARN,
  }));
}
