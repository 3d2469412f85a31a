import type {
  Context,
  FirehoseTransformationEvent,
  FirehoseTransformationResult,
  KinesisStreamBatchResponse,
  KinesisStreamEvent,
  KinesisStreamHandler,
  KinesisStreamStateResponse,
  KinesisStreamTumblingWindowEvent,
} from 'aws-lambda';
import {
  createEmfMetrics,
  createTransformHandler,
  type FirehoseEvent,
  type FirehoseResponse,
  type KinesisBatchResponse,
  type KinesisEvent,
  type KinesisWindowEvent,
  type KinesisWindowResponse,
  type LambdaContext,
} from '../../src/handlers/index.ts';
import { shop } from '../handlers/shop-table.ts';

// What AWS's types promise has all that the envelopes read, and the answers are what AWS's types want.
declare const kinesis: KinesisStreamEvent;
kinesis satisfies KinesisEvent;
declare const window: KinesisStreamTumblingWindowEvent;
window satisfies KinesisWindowEvent;
declare const firehose: FirehoseTransformationEvent;
firehose satisfies FirehoseEvent;
declare const batch: KinesisBatchResponse;
batch satisfies KinesisStreamBatchResponse;
declare const state: KinesisWindowResponse;
state satisfies KinesisStreamStateResponse;
declare const transformed: FirehoseResponse;
transformed satisfies FirehoseTransformationResult;
declare const context: Context;
context satisfies LambdaContext;

// An answer with a state needs it.
// @ts-expect-error no state
({ batchItemFailures: [] }) satisfies KinesisWindowResponse;

// A handler of Firehose is none of a Kinesis stream.
// @ts-expect-error another answer
createTransformHandler(shop) satisfies KinesisStreamHandler;

const metrics = createEmfMetrics({ handler: 'sessions', table: shop.name });
metrics.publish({ Records: 1, ArrivalAge: 20 });
// @ts-expect-error no such metric
metrics.publish({ records: 1 });
// @ts-expect-error dimensions are the handler and the table, and no actor
createEmfMetrics({ handler: 'sessions', table: shop.name, dimensions: { user_id: '7' } });
