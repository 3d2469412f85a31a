import type { AlertStore } from '../alerts/alert-store.ts';
import { createIncidentReporter } from '../alerts/incident-reporter.ts';
import { breachOfAnswer, manyActionsAnswers } from '../alerts/many-actions-answer.ts';
import type { Notifier } from '../notify/notifier.ts';
import type { EventRow } from '../record/event-identity.ts';
import type { RecordTable } from '../record/record-reader.ts';
import { createDeliveryHandler, type DeliveryOptions } from './delivery/delivery-handler.ts';
import { type KinesisBatchResponse, parseKinesisEvent } from './envelope/kinesis-event.ts';
import { deliveredRecords } from './envelope/kinesis-records.ts';
import type { LambdaContext } from './envelope/lambda-context.ts';

/** Options of {@link createAlertRelayHandler}. Times are in seconds. */
export interface AlertRelayHandlerOptions extends Omit<DeliveryOptions, 'source' | 'lookups'> {
  readonly store: AlertStore;
  /** `createSnsNotifier(...)` in Lambda. */
  readonly notifier: Notifier;
  /** How much an event may be late for Flink. Defaults to 10, as there. */
  readonly lateness?: number | undefined;
  /** How long an actor has to stay within the threshold for its incident to end. Defaults to 1800. */
  readonly quiet?: number | undefined;
  /** Seconds between two updates of an incident. Defaults to 300. */
  readonly cooldown?: number | undefined;
}

/**
 * A Lambda function behind the stream to which Flink writes its answers to the question `many-actions`: it keeps incidents in the store,
 * and tells them. Flink writes an answer at least once, and Kinesis delivers it at least once. An incident is written on condition that it has not
 * changed, and an answer whose window it has changes nothing, so each is told once. Further windows of the same actor belong to its
 * incident, which is told again when it has doubled.
 *
 * Flink tells no end: an incident is closed when a later one of the same actor begins. Records that are no such answers go to `failures`. The event
 * source mapping needs `FunctionResponseTypes: ['ReportBatchItemFailures']`.
 *
 * @param table the table of events whose stream Flink reads
 * @throws HeadwaterError `ROLE_MISSING` for a table without actors; when it is invoked, `DELIVERY_INVALID`, and `NOTICES_UNPUBLISHED` when SNS
 *   takes a notice in no attempt: the delivery is then repeated
 * @example
 * ```ts
 * export const handler = createAlertRelayHandler(clickstream, {
 *   store: createDynamodbAlertStore(clickstream, { client: new DynamoDBClient(), table: 'shop-sessions' }),
 *   notifier: createSnsNotifier({ client: new SNSClient(), topicArn: 'arn:aws:sns:eu-central-1:123456789012:shop-alerts' }),
 *   failures: createS3PoisonSink({ client: new S3Client(), bucket: 'shop-poison' }),
 * });
 * ```
 */
export function createAlertRelayHandler(
  table: RecordTable,
  options: AlertRelayHandlerOptions,
): (event: unknown, context: LambdaContext) => Promise<KinesisBatchResponse> {
  const { store, notifier, lateness = 10, quiet, cooldown, now = Date.now, ...rest } = options;
  const deliver = createDeliveryHandler(
    manyActionsAnswers(table),
    {
      handler: 'relay',
      async process({ events }) {
        const [first] = events;
        if (first === undefined) return {};
        const findings = events.map(({ event }) => breachOfAnswer(event as EventRow, lateness * 1000));
        const told = await reporter.report(findings, first.record.shard, new Date(now()));
        const incidents = told.filter(({ incident }) => incident.state === 'open').length;
        return { metrics: { Notices: told.length, Incidents: incidents } };
      },
    },
    { ...rest, now },
  );
  const reporter = createIncidentReporter(table, { store, notifier, lateness, quiet, cooldown });
  return async (event, context) => deliver(deliveredRecords(parseKinesisEvent('relay', event)), context);
}
