import type { AlertStore } from '../alerts/alert-store.ts';
import type { Finding } from '../alerts/finding.ts';
import { createIncidentReporter } from '../alerts/incident-reporter.ts';
import { createDetection, type Detection, type DetectionState } from '../detect/detection.ts';
import type { DetectionConfig } from '../detect/detection-config.ts';
import { detectionDefaults } from '../detect/detection-options.ts';
import { mergeParameters } from '../detect/detector-parameters.ts';
import { detectorTable } from '../detect/detector-table.ts';
import { createShardMinutes, type ShardMinutes } from '../detect/shards/shard-minutes.ts';
import type { MinuteSummary } from '../detect/site/minute-summary.ts';
import type { Notifier } from '../notify/notifier.ts';
import type { EventRow } from '../record/event-identity.ts';
import type { RecordTable } from '../record/record-reader.ts';
import type { KinesisWindowResponse } from './envelope/kinesis-event.ts';
import type { LambdaContext } from './envelope/lambda-context.ts';
import { createSharedMinutes } from './shared-minutes.ts';
import { watchMetrics } from './telemetry/watch-metrics.ts';
import { createWindowHandler, type WindowHandlerOptions } from './window/window-handler.ts';

/** Options of {@link createDetectHandler}. */
export interface DetectHandlerOptions extends WindowHandlerOptions {
  readonly store: AlertStore;
  /** `createSnsNotifier(...)` in Lambda. */
  readonly notifier: Notifier;
  /** The field `detection` of the settings of the stream. Parameters of memory are smaller here by default. */
  readonly detection?: DetectionConfig | undefined;
  /** Seconds between two updates of an incident. Defaults to 300. */
  readonly cooldown?: number | undefined;
}

/** What an instance remembers of a shard: the most active part of it fits into the state of a window. */
const fitting = {
  actors: { memory: { newcomers: 4000, known: 8000, suspects: 1000 } },
  campaigns: { memory: { actors: 4000, productCells: 4096, runs: 4096 } },
  site: { counting: { openVisits: 8192, clientBits: 131_072 } },
} as const satisfies DetectionConfig;
const limits = { remembered: 8000, held: 1000 };

/** The parameters of a detection in Lambda. */
export const lambdaDetection = (config: DetectionConfig): DetectionConfig => ({
  ...config,
  actors: mergeParameters<object>(fitting.actors, config.actors),
  campaigns: mergeParameters<object>(fitting.campaigns, config.campaigns),
  site: mergeParameters<object>(fitting.site, config.site),
});

/** Minutes that a shard keeps for the others at most, should one of them be behind. */
const mostRecent = 360;

/** What a shard has in memory. */
interface ShardDetection {
  readonly detection: Detection;
  readonly minutes: ShardMinutes;
  /** The minutes that it has counted and that are not judged. */
  recent: readonly MinuteSummary[];
  snapshot(smaller: number): ShardDetectionState;
}

interface ShardDetectionState {
  readonly detection: DetectionState;
  readonly recent: readonly MinuteSummary[];
}

/**
 * A Lambda function that detects bots, floods and anomalies in a Kinesis stream, and tells incidents. The event source mapping needs
 * `TumblingWindowInSeconds`, 60 to 900, and `FunctionResponseTypes: ['ReportBatchItemFailures']`.
 *
 * All rows of an actor are in one shard, if the partition key is the actor: actors and campaigns are watched for each shard. An instance
 * has them in its memory, and the most active ones in the state of the window, so that another instance goes on with those; at the end of
 * a window as many go to the store as an item takes. Minutes of the site and of products are counted for each shard, added up in
 * the store, and judged by the shard that comes last.
 *
 * An outage in which nothing arrives is not found here: nothing is invoked. The alarm `silence` of `headwater derive alarms` finds it.
 * Campaigns whose members are spread over shards are found in the lake, by `headwater detect`.
 *
 * @throws HeadwaterError when it is invoked: `DELIVERY_INVALID` for an event without a window, `NOTICES_UNPUBLISHED`
 * @example
 * ```ts
 * export const handler = createDetectHandler(clickstream, {
 *   detection: { allow: ['541312140'] },
 *   store: createDynamodbAlertStore(clickstream, { client: new DynamoDBClient(), table: 'shop-sessions' }),
 *   notifier: createSnsNotifier({ client: new SNSClient(), topicArn: 'arn:aws:sns:eu-central-1:123456789012:shop-alerts' }),
 *   failures: createSqsPoisonSink({ ... }),
 * });
 * ```
 */
export function createDetectHandler<Table extends RecordTable>(
  table: Table,
  options: DetectHandlerOptions,
): (event: unknown, context: LambdaContext) => Promise<KinesisWindowResponse> {
  const { store, notifier, cooldown, now = Date.now } = options;
  const config = lambdaDetection(options.detection ?? {});
  const { lateness = detectionDefaults.lateness, quiet = detectionDefaults.quiet } = config;
  const reporter = createIncidentReporter(table, { store, notifier, lateness, quiet, cooldown });
  const shared = createSharedMinutes(table.schema, config, store);

  function open(state: unknown): ShardDetection {
    const known = state as ShardDetectionState | undefined;
    const minutes = createShardMinutes();
    const definitions = { ...detectorTable, site: minutes.definition };
    const detection = createDetection(table, definitions, { ...config, ...limits }, known?.detection);
    return {
      detection,
      minutes,
      recent: known?.recent ?? [],
      snapshot(smaller) {
        const share = 2 ** -smaller;
        return {
          detection: detection.snapshot(share),
          recent: this.recent.slice(-Math.ceil(mostRecent * share)),
        };
      },
    };
  }

  return createWindowHandler(
    table,
    {
      handler: 'detect',
      open,
      isPartEnough: true,
      async process({ events }, memory, shard) {
        const { detection, minutes } = memory;
        const before = detection.counts();
        const at = new Date(now());
        const findings: Finding[] = [];
        for (const { event, record } of events)
          findings.push(...detection.observe(event as EventRow, record));
        const ended = minutes.take();
        memory.recent = [...memory.recent, ...ended].slice(-mostRecent);
        const judged =
          ended.length > 0 ? await shared.judge(shard, memory.recent, minutes.evidence, at) : undefined;
        memory.recent = memory.recent.filter(({ start }) => start + 60_000 > (judged?.judged ?? 0));
        const published = await reporter.report([...findings, ...(judged?.findings ?? [])], shard, at);
        // Not before it was told: when this fails, the minutes are judged again, with the same findings.
        await judged?.save();
        const after = detection.counts();
        return {
          metrics: {
            ...watchMetrics(before, after, published),
            Unwatched: after.dropped - before.dropped,
          },
        };
      },
    },
    options,
  );
}
