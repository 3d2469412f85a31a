import { HeadwaterError } from '@headwater/core';
import type { AlertStore } from '../alerts/alert-store.ts';
import type { Finding } from '../alerts/finding.ts';
import { createIncidentReporter } from '../alerts/incident-reporter.ts';
import { defaultThresholds } from '../alerts/threshold.ts';
import { createThresholdWatcher, type WatchOptions, type WatchState } from '../alerts/threshold-watcher.ts';
import type { Notifier } from '../notify/notifier.ts';
import type { EventRow } from '../record/event-identity.ts';
import type { RecordTable } from '../record/record-reader.ts';
import type { KinesisWindowResponse } from './envelope/kinesis-event.ts';
import type { LambdaContext } from './envelope/lambda-context.ts';
import { watchMetrics } from './telemetry/watch-metrics.ts';
import { createWindowHandler, type WindowHandlerOptions } from './window/window-handler.ts';

/** Options of {@link createAlertHandler}. */
export interface AlertHandlerOptions extends WindowHandlerOptions, Omit<WatchOptions, 'shares'> {
  readonly store: AlertStore;
  /** `createSnsNotifier(...)` in Lambda. */
  readonly notifier: Notifier;
  /** Seconds between two updates of an incident. Defaults to 300. */
  readonly cooldown?: number | undefined;
}

/** Counts and remembered events of a shard, over all thresholds, that fit into the state of a window. */
const fitting = { subjects: 12_000, remembered: 16_000 };

/**
 * A Lambda function that watches a Kinesis stream for thresholds, and tells incidents. The event source mapping needs
 * `TumblingWindowInSeconds`, 60 to 900, and `FunctionResponseTypes: ['ReportBatchItemFailures']`.
 *
 * All rows of an actor are in one shard, if the partition key is the actor, and are counted in the state of its window. Rows of a
 * product and of the site are in all shards: each adds its share of a window to the store, which sums them. A share of a product
 * that is below a tenth of the limit is not added.
 *
 * An incident is told at least once, and its notices have ids by which repeats are dropped; see `IncidentStore`. When SNS takes a
 * notice in no attempt, the delivery fails and is repeated.
 *
 * What is too little is not found here: where nothing happens, nothing is invoked. The alarm `silence` of `headwater derive alarms`
 * finds it, or the threshold in `headwater stream run`.
 *
 * @throws HeadwaterError `THRESHOLD_INVALID`, also for `lessThan`; when it is invoked, `DELIVERY_INVALID` for an event without a
 * window, `NOTICES_UNPUBLISHED`
 * @example
 * ```ts
 * export const handler = createAlertHandler(clickstream, {
 *   thresholds,
 *   store: createDynamodbAlertStore(clickstream, { client: new DynamoDBClient(), table: 'shop-sessions' }),
 *   notifier: createSnsNotifier({ client: new SNSClient(), topicArn: 'arn:aws:sns:eu-central-1:123456789012:shop-alerts' }),
 *   failures: createSqsPoisonSink({ ... }),
 * });
 * ```
 */
export function createAlertHandler<Table extends RecordTable>(
  table: Table,
  options: AlertHandlerOptions,
): (event: unknown, context: LambdaContext) => Promise<KinesisWindowResponse> {
  const { thresholds = defaultThresholds, store, notifier, now = Date.now } = options;
  refuseLeast(table.schema.name, thresholds);
  const { lateness = 10, quiet = 1800, cooldown, subjects, remembered = fitting.remembered } = options;
  const watchOptions: WatchOptions = {
    ...{ thresholds, lateness, quiet, remembered, shares: true },
    subjects: subjects ?? Math.floor(fitting.subjects / Math.max(1, thresholds.length)),
    ...(options.allow ? { allow: options.allow } : {}),
  };
  const reporter = createIncidentReporter(table, { store, notifier, lateness, quiet, cooldown });
  const open = (state: unknown) =>
    createThresholdWatcher(table, watchOptions, state as WatchState | undefined);
  // Thresholds are checked when the function starts, and not with its first delivery.
  open(undefined);

  return createWindowHandler(
    table,
    {
      handler: 'alerts',
      open,
      async process({ events }, watcher, shard) {
        const before = watcher.counts();
        const at = new Date(now());
        const findings: Finding[] = [];
        for (const { event, record } of events) {
          const found = watcher.observe(event as EventRow, record);
          // Before the next event: a subject is quiet only after it is known to be beyond the limit.
          if (found.length > 0) findings.push(...(await reporter.sumShares(found, watcher, shard, at)));
        }
        const published = await reporter.report(findings, shard, at);
        const after = watcher.counts();
        return {
          metrics: {
            ...watchMetrics(before, after, published),
            Unwatched: after.unwatched - before.unwatched,
          },
        };
      },
    },
    options,
  );
}

function refuseLeast(table: string, thresholds: AlertHandlerOptions['thresholds'] = []): void {
  const problems = thresholds.flatMap(({ lessThan }, index) =>
    lessThan === undefined
      ? []
      : [
          {
            field: `thresholds[${index}].lessThan`,
            problem: 'cannot be judged by a function that nothing invokes when nothing happens',
            fix: 'Use the alarm silence of `headwater derive alarms`, or watch it in `headwater stream run`',
          },
        ],
  );
  if (problems.length > 0) throw new HeadwaterError('THRESHOLD_INVALID', { table, problems });
}
