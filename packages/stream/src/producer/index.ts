export { type CloseOnSignalOptions, closeOnSignal } from './close-on-signal.ts';
export type { Backoff } from './full-jitter.ts';
export { type KinesisPlace, type KinesisSink, kinesisSink } from './kinesis-sink.ts';
export {
  createProducer,
  type Producer,
  type ProducerCounts,
  type ProducerOptions,
  type UnsentEvent,
} from './producer.ts';
export type { ProducerEvent } from './producer-event.ts';
export { createRecordSender, type RecordSender, type RecordSenderOptions } from './record-sender.ts';
export type { PutEntry, PutResult, RecordSink } from './record-sink.ts';
export type { SendOptions } from './send-options.ts';
export type { SenderClock } from './sender-clock.ts';
export type { SenderCounts } from './sender-report.ts';
export type { UnsentReason, UnsentRecord } from './unsent-record.ts';
