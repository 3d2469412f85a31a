import type { RecordTable } from '../record/record-reader.ts';
import { createRecordTransform, type TransformedRecord } from '../transform/record-transform.ts';
import {
  type FirehoseEventRecord,
  type FirehoseResponse,
  type FirehoseResult,
  parseFirehoseEvent,
} from './envelope/firehose-event.ts';
import type { LambdaContext } from './envelope/lambda-context.ts';
import { countReasons } from './telemetry/count-reasons.ts';
import type { HandlerLogger } from './telemetry/handler-logger.ts';
import type { HandlerMetric, HandlerMetrics } from './telemetry/handler-metrics.ts';

/** Options of {@link createTransformHandler}. */
export interface TransformHandlerOptions {
  /** The source of the records, as for a load. */
  readonly source?: string | undefined;
  /** `createEmfMetrics(...)` in Lambda. Defaults to none. */
  readonly metrics?: HandlerMetrics | undefined;
  /** `createLambdaLogger(...)` in Lambda. Defaults to none. */
  readonly logger?: HandlerLogger | undefined;
  /** Bytes of the answer at most. Defaults to 6,000,000: Lambda refuses a larger one than 6 MB. */
  readonly maxResponseBytes?: number | undefined;
  /** Milliseconds since 1970, for the ages of records. Defaults to `Date.now`. */
  readonly now?: (() => number) | undefined;
}

/**
 * A Lambda function by which Amazon Data Firehose transforms records: each is validated and cleaned as in a load, and delivered as a line of JSON
 * that the OpenX SerDe reads into the types of the table, with the UTC day of the event's time as a partition key
 * (`!{partitionKeyFromLambda:dt}`).
 *
 * Each `recordId` of the event is answered once. A bad record fails with the record as it came, so what Firehose writes below
 * its error prefix can be cleaned again: `headwater etl adopt` finds the same reasons there. A good record that does not fit into the
 * answer, or has a time that the files of Firehose cannot hold, fails in the same way, and is adopted as an event. All records fit
 * at first: their failed answers are shorter than the event, which has the same limit.
 *
 * It keeps no state and calls nothing, so nothing of it has to be idempotent: Firehose may invoke it again.
 *
 * @throws HeadwaterError as `createRecordReader`; when it is invoked, `DELIVERY_INVALID` for an event of another kind
 * @example
 * ```ts
 * export const handler = createTransformHandler(clickstream, {
 *   metrics: createEmfMetrics({ handler: 'transform', table: clickstream.name }),
 * });
 * // { records: [{ recordId: '49546...', result: 'Ok', data: 'eyJldmVu...', metadata: { partitionKeys: { dt: '2019-10-01' } } }] }
 * ```
 */
export function createTransformHandler(
  table: RecordTable,
  options: TransformHandlerOptions = {},
): (event: unknown, context?: LambdaContext) => Promise<FirehoseResponse> {
  const { metrics, logger, maxResponseBytes = 6_000_000, now = Date.now } = options;
  const transform = createRecordTransform(table, options);
  return async (event) => {
    const { records } = parseFirehoseEvent('transform', event);
    const counts: Record<'Transformed' | 'Filtered' | 'Failed' | 'Uncarried', number> = {
      ...{ Transformed: 0, Filtered: 0, Failed: 0, Uncarried: 0 },
    };
    const rejected: Extract<TransformedRecord, { kind: 'failed' }>[] = [];
    const failed = records.map(failedResult);
    let bytes = failed.reduce((sum, one) => sum + resultBytes(one), responseBytes);
    const results = records.map((record, index): FirehoseResult => {
      const transformed = transform(record.data);
      const whenFailed = failed[index] ?? failedResult(record);
      const result = resultOf(record, transformed) ?? whenFailed;
      const grown = bytes - resultBytes(whenFailed) + resultBytes(result);
      const isTooLarge = result.result === 'Ok' && grown > maxResponseBytes;
      if (isTooLarge || transformed.kind === 'uncarried') {
        counts.Uncarried += 1;
        counts.Failed += 1;
        return whenFailed;
      }
      bytes = grown;
      counts[countOf[result.result]] += 1;
      if (transformed.kind === 'failed') rejected.push(transformed);
      return result;
    });
    if (counts.Failed > 0)
      logger?.warn('Records failed', {
        ...{ count: counts.Failed, uncarried: counts.Uncarried, reasons: countReasons(rejected) },
      });
    const oldest = Math.min(...records.map((record) => record.approximateArrivalTimestamp));
    const age = records.length > 0 ? { ArrivalAge: Math.max(0, now() - oldest) } : {};
    metrics?.publish({ Records: records.length, ...counts, ...age });
    return { records: results };
  };
}

const countOf = {
  Ok: 'Transformed',
  Dropped: 'Filtered',
  ProcessingFailed: 'Failed',
} as const satisfies Record<FirehoseResult['result'], HandlerMetric>;

const failedResult = ({ recordId, data }: FirehoseEventRecord): FirehoseResult => ({
  recordId,
  result: 'ProcessingFailed',
  data,
});

/** The answer for a record that is not failed. */
function resultOf(
  { recordId }: FirehoseEventRecord,
  transformed: TransformedRecord,
): FirehoseResult | undefined {
  if (transformed.kind === 'failed' || transformed.kind === 'uncarried') return undefined;
  if (transformed.kind === 'dropped') return { recordId, result: 'Dropped' };
  const { line, dt } = transformed;
  const data = Buffer.from(line).toString('base64');
  return { recordId, result: 'Ok', data, metadata: { partitionKeys: { dt } } };
}

/** `{"records":[]}` */
const responseBytes = 14;

/** The bytes of a result in the answer, with a comma. Base64 is as long as it is in JSON. */
const resultBytes = ({ data = '', ...rest }: FirehoseResult): number =>
  Buffer.byteLength(JSON.stringify({ ...rest, data: '' })) + data.length + 1;
