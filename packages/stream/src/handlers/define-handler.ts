import { HeadwaterError, type InferRow } from '@headwater/core';
import type { RecordTable } from '../record/record-reader.ts';
import type { DeliveredEvent, Delivery, DeliveryOutcome } from './delivery/delivery.ts';
import { createDeliveryHandler, type DeliveryOptions } from './delivery/delivery-handler.ts';
import { type KinesisBatchResponse, parseKinesisEvent } from './envelope/kinesis-event.ts';
import { deliveredRecords } from './envelope/kinesis-records.ts';
import type { LambdaContext } from './envelope/lambda-context.ts';
import type { PoisonRecord } from './failures/poison-sink.ts';
import type { HandlerLogger } from './telemetry/handler-logger.ts';

/** What became of an event: nothing when it is done, or the reason why it can never be processed. */
// biome-ignore lint/suspicious/noConfusingVoidType: a function without `return` gives void.
export type EventOutcome = void | { readonly poison: string };

/** What a handler of your own takes, whatever it does with events. */
export interface DefineHandlerBase extends Omit<DeliveryOptions, 'failures'> {
  /** The handler's name, in poison records and errors. Defaults to the table's name. */
  readonly name?: string | undefined;
  /**
   * Where records go that can never be processed: `createS3PoisonSink(...)`, `createSqsPoisonSink(...)`, or a function. Records
   * of a function that throws are delivered again.
   */
  readonly failures: DeliveryOptions['failures'] | ((records: readonly PoisonRecord[]) => Promise<void>);
}

/** What a handler of your own does: with one event after the other, or with all events of a delivery. */
export type DefineHandlerOptions<Event> = DefineHandlerBase &
  (
    | {
        /**
         * Called for each event, in the order of the delivery, one at a time. If it throws, that event and all after it are
         * delivered again; those before it are done.
         */
        readonly onEvent: (
          delivered: DeliveredEvent<Event>,
          context: LambdaContext,
        ) => EventOutcome | Promise<EventOutcome>;
        readonly onEvents?: never;
      }
    | {
        /** Called once for each delivery that has events. If it throws, the whole delivery is repeated. */
        readonly onEvents: (delivery: Delivery<Event>) => Promise<DeliveryOutcome>;
        readonly onEvent?: never;
      }
  );

/**
 * A Lambda function of your own for a Kinesis stream, over the same records as the other handlers: it is given clean, typed events,
 * and never a record that the definition rejects. Those go to `failures` with their data and reasons, and do not block their shard.
 *
 * The answer has the lowest sequence number that was not processed, from which Lambda delivers again. This needs `FunctionResponseTypes:
 * ['ReportBatchItemFailures']` on the event source mapping. An event may be delivered more than once: make what you do with it idempotent, by its
 * shard and sequence number or by its own id. An event that always throws blocks its shard until `MaximumRetryAttempts` or
 * `MaximumRecordAgeInSeconds`: return `{ poison: '<code>' }` for one that can never be processed.
 *
 * @param table what `defineEvents` made
 * @throws HeadwaterError as `createRecordReader`, and `OPTION_INVALID` without a table, a function or a failure destination; when it is invoked,
 *   `DELIVERY_INVALID` for an event of another kind
 * @example
 * ```ts
 * export const handler = defineHandler(clickstream, {
 *   failures: createS3PoisonSink({ client: new S3Client(), bucket: 'shop-poison' }),
 *   async onEvent({ event, sequenceNumber }) {
 *     if (event.event_type === 'purchase') await ship(event.user_id, sequenceNumber);
 *   },
 * });
 * // { batchItemFailures: [] }, or { batchItemFailures: [{ itemIdentifier: '4957113...' }] }
 * ```
 */
export function defineHandler<Table extends RecordTable>(
  table: Table,
  options: DefineHandlerOptions<InferRow<Table>>,
): (event: unknown, context: LambdaContext) => Promise<KinesisBatchResponse> {
  assertWhole(table, { ...options });
  const { name = table.schema.name, failures, onEvent, onEvents, ...rest } = options;
  const deliver = createDeliveryHandler(
    table,
    {
      handler: name,
      async process(delivery: Delivery<InferRow<Table>>) {
        if (onEvent) return oneByOne(delivery, onEvent, rest.logger);
        return delivery.events.length > 0 ? onEvents(delivery) : {};
      },
    },
    { ...rest, failures: typeof failures === 'function' ? sinkOf(failures) : failures },
  );
  return async (event, context) => deliver(deliveredRecords(parseKinesisEvent(name, event)), context);
}

/** What the types say, for callers in plain JavaScript: without it each event would throw, and block its shard. */
function assertWhole(
  table: RecordTable | undefined,
  { onEvent, onEvents, failures }: Readonly<Record<string, unknown>>,
): void {
  const invalid = (option: string, value: string, expected: string) =>
    new HeadwaterError('OPTION_INVALID', { option, value, expected });
  if (table?.schema === undefined) throw invalid('table', String(table), 'what defineEvents makes');
  const given = [onEvent, onEvents].filter((one) => one !== undefined);
  if (given.length !== 1)
    throw invalid('onEvent, onEvents', given.length === 0 ? '(none)' : '(both)', 'one of the two');
  if (typeof given[0] !== 'function')
    throw invalid(onEvent === undefined ? 'onEvents' : 'onEvent', String(given[0]), 'a function');
  const isSink = typeof failures === 'object' && failures !== null && 'put' in failures;
  if (!isSink && typeof failures !== 'function')
    throw invalid(
      'failures',
      String(failures),
      'createS3PoisonSink(...), createSqsPoisonSink(...) or a function',
    );
}

const sinkOf = (store: (records: readonly PoisonRecord[]) => Promise<void>): DeliveryOptions['failures'] => ({
  async put(records) {
    await store(records);
    return [];
  },
});

async function oneByOne<Event>(
  { events, context, isOutOfTime }: Delivery<Event>,
  onEvent: (delivered: DeliveredEvent<Event>, context: LambdaContext) => EventOutcome | Promise<EventOutcome>,
  logger: HandlerLogger | undefined,
): Promise<DeliveryOutcome> {
  const poison: { sequenceNumber: string; reasons: PoisonRecord['reasons'] }[] = [];
  for (const [place, delivered] of events.entries()) {
    const { sequenceNumber } = delivered;
    // The first one is begun whatever time is left, so that a delivery that is repeated gets on.
    if (place > 0 && isOutOfTime()) return { poison, unprocessed: [sequenceNumber] };
    try {
      const outcome = await onEvent(delivered, context);
      if (outcome) poison.push({ sequenceNumber, reasons: [{ column: null, code: outcome.poison }] });
    } catch (error) {
      const { shard } = delivered.record;
      logger?.error('An event could not be processed', { shard, sequenceNumber, error });
      return { poison, unprocessed: [sequenceNumber] };
    }
  }
  return { poison };
}
