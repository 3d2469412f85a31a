import type { RecordTable } from '../record/record-reader.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import type { DeliveredEvent, Delivery, DeliveryOutcome } from './delivery/delivery.ts';
import { createDeliveryHandler, type DeliveryOptions } from './delivery/delivery-handler.ts';
import { isPassing } from './delivery/is-passing.ts';
import { type KinesisBatchResponse, parseKinesisEvent } from './envelope/kinesis-event.ts';
import { deliveredRecords } from './envelope/kinesis-records.ts';
import type { LambdaContext } from './envelope/lambda-context.ts';
import { actionCounter } from './telemetry/action-counter.ts';

/** Options of {@link createSessionsHandler}. */
export interface SessionsHandlerOptions extends DeliveryOptions {
  /** `createDynamodbStore(...)` in Lambda. */
  readonly store: SessionStore;
}

type Row = Readonly<Record<string, unknown>>;

/** Actors whose events are given to the store at a time. Between two times the handler looks at the clock. */
const actorsAtATime = 100;

/**
 * A Lambda function that keeps live sessions and carts from a Kinesis stream. All events that a delivery has of an actor reach the store in
 * one call, so the state of the actor is read and written once.
 *
 * A delivery may be repeated, in part or whole: the store counts each event once. When the store is throttled, or the time of the
 * invocation ends, nothing more is begun, and Lambda delivers again from the lowest record that was not processed. What the
 * store does not answer in time is delivered again too.
 * Failures that do not pass by themselves, such as a denied access, are thrown.
 *
 * Two of Powertools' utilities are not used. Its batch processor reports records one by one, where events of an actor are settled
 * together. Its idempotency would write twice for each record, and forget after an hour, what the store remembers with the state itself.
 *
 * @throws HeadwaterError as `createRecordReader`; when it is invoked, `DELIVERY_INVALID` for an event of another kind
 * @example
 * ```ts
 * export const handler = createSessionsHandler(clickstream, {
 *   store: createDynamodbStore(sessionRules(clickstream), { client, table: 'shop-sessions' }),
 *   failures: createS3PoisonSink({ client: new S3Client(), bucket: 'shop-poison' }),
 *   metrics: createEmfMetrics({ handler: 'sessions', table: clickstream.name }),
 *   logger: createLambdaLogger(clickstream, { handler: 'sessions' }),
 * });
 * // { batchItemFailures: [] }, or { batchItemFailures: [{ itemIdentifier: '4957113...' }] }
 * ```
 */
export function createSessionsHandler<Table extends RecordTable>(
  table: Table,
  options: SessionsHandlerOptions,
): (event: unknown, context: LambdaContext) => Promise<KinesisBatchResponse> {
  const { store, logger, now = Date.now } = options;
  const countActions = actionCounter(table.schema);
  const work = {
    handler: 'sessions',
    async process({ events, isOutOfTime, inTime }: Delivery<Row>): Promise<DeliveryOutcome> {
      const groups = byActor(events);
      const counts = { Applied: 0, Repeated: 0, Late: 0, Sessions: 0 };
      const unprocessed: string[] = [];
      let begun = 0;
      // The first ones are begun whatever time is left, so that a delivery that is repeated gets on.
      while (begun < groups.length && unprocessed.length === 0 && (begun === 0 || !isOutOfTime())) {
        const some = groups.slice(begun, begun + actorsAtATime).flat();
        begun += actorsAtATime;
        const report = await inTime(store.apply(some, new Date(now())));
        if (!report) {
          logger?.warn('The store did not answer in time', { count: some.length });
          for (const { sequenceNumber } of some) unprocessed.push(sequenceNumber);
          break;
        }
        counts.Applied += report.applied;
        counts.Repeated += report.duplicates;
        counts.Late += report.late;
        counts.Sessions += report.sessions.length;
        if (report.failed.length === 0) continue;
        if (report.error !== undefined && !isPassing(report.error)) throw report.error;
        logger?.warn('The store did not take events', { count: report.failed.length, error: report.error });
        unprocessed.push(...report.failed);
      }
      for (const { sequenceNumber } of groups.slice(begun).flat()) unprocessed.push(sequenceNumber);
      return { unprocessed, metrics: { ...counts, ...countActions(events.map(({ event }) => event)) } };
    },
  };
  const deliver = createDeliveryHandler(table, work, options);
  return async (event, context) => deliver(deliveredRecords(parseKinesisEvent('sessions', event)), context);
}

/**
 * The events of a delivery by the key of their records, which producers set to the actor: in the order of the first ones. If a record has
 * another key, its actor is read and written twice, and nothing else differs.
 */
function byActor<Event>(events: readonly DeliveredEvent<Event>[]): DeliveredEvent<Event>[][] {
  return [...Map.groupBy(events, ({ record }) => record.partitionKey).values()];
}
