// A stream in this process, and the poller that delivers the records of any stream.

export { type Clock, systemClock } from './clock/clock.ts';
export type { FaultPlan, InjectedFaults } from './faults/fault-plan.ts';
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
export { type KinesisEvent, type KinesisEventRecord, kinesisEvent } from './poller/kinesis-event.ts';
export { type AlertsHandlerOptions, alertsHandler } from './run/alerts-handler.ts';
export type { Archive, ArchiveCounts } from './run/archive.ts';
export { detectHandler, type LocalDetectOptions } from './run/detect-handler.ts';
export type { EventHandler, EventHandlerResult, LocalHandler, RecordHandler } from './run/local-handler.ts';
export { type LocalRecommendOptions, recommendHandler } from './run/recommend-handler.ts';
export type { RunStreamOptions } from './run/run-options.ts';
export { runStream } from './run/run-stream.ts';
export { type SessionsHandlerOptions, sessionsHandler } from './run/sessions-handler.ts';
export type { SourceRecord } from './run/source-record.ts';
export { localConnection, type StreamConnection } from './run/stream-connection.ts';
export type { HandlerReport, StreamReport, StreamTick } from './run/stream-report.ts';
export type { RecordCounts } from './run/stream-tally.ts';
export { withReminders } from './run/with-reminders.ts';
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
