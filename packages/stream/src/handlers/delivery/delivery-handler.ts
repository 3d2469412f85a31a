import type { InferRow } from '@headwater/core';
import {
  createRecordReader,
  type RecordReaderOptions,
  type RecordTable,
} from '../../record/record-reader.ts';
import { compareSequenceNumbers } from '../../record/sequence-number.ts';
import { measuredDelivery } from '../../telemetry/measured-delivery.ts';
import { telemetry } from '../../telemetry/telemetry.ts';
import type { KinesisBatchResponse } from '../envelope/kinesis-event.ts';
import type { DeliveredRecord } from '../envelope/kinesis-records.ts';
import type { LambdaContext } from '../envelope/lambda-context.ts';
import type { PoisonRecord, PoisonSink } from '../failures/poison-sink.ts';
import { countReasons } from '../telemetry/count-reasons.ts';
import type { HandlerLogger } from '../telemetry/handler-logger.ts';
import type { HandlerMetric, HandlerMetrics } from '../telemetry/handler-metrics.ts';
import type { DeliveredEvent, Delivery, DeliveryOutcome } from './delivery.ts';
import { within } from './within.ts';

/** What every handler of a Kinesis stream takes. */
export interface DeliveryOptions extends RecordReaderOptions {
  /** Where records go that can never be processed. Without it they would block their shard, or be lost. */
  readonly failures: PoisonSink;
  /** `createEmfMetrics(...)` in Lambda. Defaults to none. */
  readonly metrics?: HandlerMetrics | undefined;
  /** `createLambdaLogger(...)` in Lambda. Defaults to none. */
  readonly logger?: HandlerLogger | undefined;
  /**
   * Milliseconds that are kept for the answer: when no more are left, a handler begins nothing more, and leaves the rest to the next
   * delivery. Defaults to 2,000.
   */
  readonly reserveMilliseconds?: number | undefined;
  /** Milliseconds since 1970, for the ages of records. Defaults to `Date.now`. */
  readonly now?: (() => number) | undefined;
}

/** What a handler does with the events of a delivery. */
export interface DeliveryWork<Event, Input = void> {
  /** The handler's name, as in poison records: `sessions`. */
  readonly handler: string;
  /**
   * @param input what else the invocation brought, such as a window
   * @throws what may be thrown to Lambda: the whole delivery is then repeated, and counted as an error of the function
   */
  process(delivery: Delivery<Event>, input: Input): Promise<DeliveryOutcome>;
}

/** Processes the records of a delivery, and gives the answer. */
export type DeliveryHandler<Input = void> = (
  records: readonly DeliveredRecord[],
  context: LambdaContext,
  input: Input,
) => Promise<KinesisBatchResponse>;

/**
 * The part that all handlers of a Kinesis stream share. It reads the records, has the events processed, stores poison records, and answers with the
 * lowest sequence number from which Lambda has to deliver again. It publishes the metrics of the invocation once, also when the
 * work throws.
 *
 * Poison records above that number are left too: they come again with the next delivery. A failure destination that does
 * not take a record makes that record the lowest one, so none is lost.
 *
 * @throws HeadwaterError `STREAM_UNSUPPORTED`, `OPTION_INVALID`, `LOOKUP_*`: see {@link createRecordReader}
 */
export function createDeliveryHandler<Table extends RecordTable, Input = void>(
  table: Table,
  { handler, process }: DeliveryWork<InferRow<Table>, Input>,
  options: DeliveryOptions,
): DeliveryHandler<Input> {
  const { failures, metrics, logger, reserveMilliseconds = 2000, now = Date.now } = options;
  const read = createRecordReader(table, { source: options.source, lookups: options.lookups });

  const poisonRecord = (record: DeliveredRecord, reasons: PoisonRecord['reasons']): PoisonRecord => ({
    table: table.schema.name,
    handler,
    stream: record.stream,
    shard: record.shard,
    sequenceNumber: record.sequenceNumber,
    partitionKey: record.partitionKey,
    arrivedAt: record.arrivedAt.toISOString(),
    reasons,
    data: record.data,
  });

  /** Stores poison records, and gives the lowest sequence number that was not stored. */
  async function store(records: readonly PoisonRecord[]): Promise<string | undefined> {
    if (records.length === 0) return undefined;
    const [first] = records;
    const where = { shard: first?.shard, sequenceNumber: first?.sequenceNumber };
    logger?.warn('Poison records', { count: records.length, reasons: countReasons(records), first: where });
    try {
      return lowest(await telemetry.inSpan('headwater.poison', {}, () => failures.put(records)));
    } catch (error) {
      logger?.error('The failure destination did not take poison records', { first: where, error });
      return first?.sequenceNumber;
    }
  }

  return (records, context, input) => {
    const values: Partial<Record<HandlerMetric, number>> = { Records: records.length };
    const measured = {
      ...{ handler, table: table.schema.name, records: records.length },
      stream: records[0]?.stream,
    };
    return measuredDelivery(measured, values, () => answer(records, context, input, values));
  };

  async function answer(
    records: readonly DeliveredRecord[],
    context: LambdaContext,
    input: Input,
    values: Partial<Record<HandlerMetric, number>>,
  ): Promise<KinesisBatchResponse> {
    try {
      const events: DeliveredEvent<InferRow<Table>>[] = [];
      const poison: PoisonRecord[] = [];
      for (const record of records) {
        const result = read(record);
        if (result.kind === 'event') events.push({ ...result, record });
        else if (result.kind === 'rejected') poison.push(poisonRecord(record, result.reasons));
      }
      values.Events = events.length;
      values.Filtered = records.length - events.length - poison.length;
      const oldest = Math.min(...records.map(({ arrivedAt }) => arrivedAt.getTime()));
      if (records.length > 0) values.ArrivalAge = Math.max(0, now() - oldest);

      const timeLeft = () => context.getRemainingTimeInMillis() - reserveMilliseconds;
      const delivery = {
        ...{ events, context },
        isOutOfTime: () => timeLeft() < 0,
        // Something may be done also where the function has less time than is kept for the answer.
        inTime: <Value>(work: Promise<Value>) =>
          within(work, Math.max(timeLeft(), context.getRemainingTimeInMillis() / 2)),
      };
      const outcome = await telemetry.inSpan('headwater.handle', {}, () => process(delivery, input));
      Object.assign(values, outcome.metrics);

      const byNumber = new Map(events.map(({ record }) => [record.sequenceNumber, record]));
      for (const { sequenceNumber, reasons } of outcome.poison ?? []) {
        const record = byNumber.get(sequenceNumber);
        if (!record)
          throw new Error(`${handler} reports ${sequenceNumber}, which is no event of the delivery`);
        poison.push(poisonRecord(record, reasons));
      }
      // Lambda takes a number that is not of the delivery for a failure of all of it, without end.
      const numbers = new Set(records.map((record) => record.sequenceNumber));
      for (const one of outcome.unprocessed ?? [])
        if (!numbers.has(one))
          throw new Error(`${handler} reports ${one}, which is no record of the delivery`);
      const unprocessed = lowest(outcome.unprocessed ?? []);
      const due = poison
        .filter(({ sequenceNumber }) => isBelow(sequenceNumber, unprocessed))
        .sort((a, b) => compareSequenceNumbers(a.sequenceNumber, b.sequenceNumber));
      const unstored = await store(due);
      const from = lowest([unprocessed, unstored].filter((one) => one !== undefined));
      values.Poison = due.filter(({ sequenceNumber }) => isBelow(sequenceNumber, from)).length;
      values.Unprocessed = records.filter(({ sequenceNumber }) => !isBelow(sequenceNumber, from)).length;
      if (from !== undefined)
        logger?.info('Left to the next delivery', { from, records: values.Unprocessed });
      return { batchItemFailures: from === undefined ? [] : [{ itemIdentifier: from }] };
    } finally {
      metrics?.publish(values);
    }
  }
}

/** Whether a record comes before the one from which records are delivered again. */
const isBelow = (sequenceNumber: string, from: string | undefined): boolean =>
  from === undefined || compareSequenceNumbers(sequenceNumber, from) < 0;

function lowest(sequenceNumbers: Iterable<string>): string | undefined {
  let least: string | undefined;
  for (const one of sequenceNumbers)
    if (least === undefined || compareSequenceNumbers(one, least) < 0) least = one;
  return least;
}
