// A stream in this process, and the poller that delivers the records of any stream.

export { type Clock, systemClock } from './clock/clock.ts';
export type { Delivery, DeliveryHandler, DeliveryResponse, DeliveryWindow } from './poller/delivery.ts';
export { runEventSource } from './poller/event-source.ts';
export type { DeliverySettings, EventSourceOptions } from './poller/event-source-options.ts';
export type { EventSourceReport } from './poller/event-source-report.ts';
export {
  type FailedDelivery,
  type FailureCondition,
  type FailureDestination,
  failureMessage,
} from './poller/failed-delivery.ts';
export {
  type Checkpoint,
  type CheckpointStore,
  MemoryCheckpoints,
  type WindowState,
} from './stream/checkpoint.ts';
export type { LocalConsumer } from './stream/local-consumer.ts';
export {
  createLocalStream,
  type LocalStream,
  type LocalStreamOptions,
  type ScheduledReshard,
} from './stream/local-stream.ts';
export type { ShardDescription, ShardPage, ShardPosition, ShardReader } from './stream/shard-reader.ts';
