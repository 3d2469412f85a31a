// Handlers for AWS Lambda, and what they are made of. Only this subpath needs Powertools.

export { type AlertHandlerOptions, createAlertHandler } from './alert-handler.ts';
export {
  type DefineHandlerBase,
  type DefineHandlerOptions,
  defineHandler,
  type EventOutcome,
} from './define-handler.ts';
export type { DeliveredEvent, Delivery, DeliveryOutcome } from './delivery/delivery.ts';
export { createDeliveryHandler, type DeliveryOptions } from './delivery/delivery-handler.ts';
export { createDetectHandler, type DetectHandlerOptions } from './detect-handler.ts';
export type { FirehoseEvent, FirehoseResponse } from './envelope/firehose-event.ts';
export {
  type KinesisBatchResponse,
  type KinesisEvent,
  type KinesisWindowEvent,
  type KinesisWindowResponse,
  parseKinesisEvent,
  parseKinesisWindowEvent,
} from './envelope/kinesis-event.ts';
export { type DeliveredRecord, deliveredRecords } from './envelope/kinesis-records.ts';
export type { LambdaContext } from './envelope/lambda-context.ts';
export type { PoisonRecord, PoisonSink } from './failures/poison-sink.ts';
export { createS3PoisonSink, type S3PoisonSinkOptions } from './failures/s3-poison-sink.ts';
export { createSqsPoisonSink, type SqsPoisonSinkOptions } from './failures/sqs-poison-sink.ts';
export { createRecommendHandler, type RecommendHandlerOptions } from './recommend-handler.ts';
export { type AlertRelayHandlerOptions, createAlertRelayHandler } from './relay-handler.ts';
export { createReminderHandler, type ReminderHandlerOptions } from './reminder-handler.ts';
export { createSessionsHandler, type SessionsHandlerOptions } from './sessions-handler.ts';
export { createEmfMetrics, type EmfMetricsOptions } from './telemetry/emf-metrics.ts';
export type { HandlerLogger } from './telemetry/handler-logger.ts';
export {
  type HandlerMetric,
  type HandlerMetrics,
  handlerMetrics,
  type MetricValues,
} from './telemetry/handler-metrics.ts';
export { createLambdaLogger, type LambdaLoggerOptions } from './telemetry/lambda-logger.ts';
export { createTransformHandler, type TransformHandlerOptions } from './transform-handler.ts';
