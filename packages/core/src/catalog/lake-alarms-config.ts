import { z } from 'zod';
import { byteSize } from '../options/byte-size.ts';
import { alarmTopic, type DayRange, dayRanges, numberWithin, share } from './alarms-config.ts';

/** The names of the alarms of a table's loads, as they end in CloudWatch. */
export const loadAlarmNames = [
  'load-failed',
  'load-throttled',
  'load-waiting',
  'load-not-started',
  'load-not-asked',
  'load-repeated',
  'load-long',
  'stale',
  'quarantined',
  'few-rows',
] as const;

/** The names of the alarms of queries on Athena. */
export const queryAlarmNames = [
  'queries-scan',
  'queries-scan-unusual',
  'queries-failed',
  'queries-queued',
] as const;

/** The names of what AWS says itself, of which CloudWatch has no metric. */
export const noticeNames = [
  'job-failed',
  'data-quality-failed',
  'databrew-failed',
  'crawler-failed',
] as const;

/** The name of an alarm of loads. */
export type LoadAlarmName = (typeof loadAlarmNames)[number];
/** The name of an alarm of queries. */
export type QueryAlarmName = (typeof queryAlarmNames)[number];
/** The name of a notice. */
export type NoticeName = (typeof noticeNames)[number];

/** What the alarms over loads and queries watch. All of it has defaults. Those over a stream are in `stream.alarms`. */
export interface LakeAlarmsConfig {
  /** The ARN of the SNS topic that alarms tell. Absent: they tell nobody, and are seen in the console. CloudWatch takes no FIFO topic. */
  readonly topicArn?: string | undefined;
  /** Where the pages of `docs/runbooks` are, `https://...`. The description of each alarm ends in the link to its page. */
  readonly runbooks?: string | undefined;
  /** Hours without an event so young, after which the lake is stale, 1 to 168. Defaults to 26: a load a day, and two hours for it. */
  readonly freshHours?: number | undefined;
  /** The share of the rows of a load that may be rejected, from 0 to 1. Defaults to 0.05. */
  readonly quarantinedShare?: number | undefined;
  /** Minutes that a run of the job may take, a multiple of 15 up to 1440. Defaults to 240. */
  readonly loadMinutes?: number | undefined;
  /** Minutes that a message of what landed may wait for its load, 10 to 1440. Defaults to 30. */
  readonly waitingMinutes?: number | undefined;
  /** Bytes that Athena may read in an hour, such as `200 GB`, which is also the default: a dollar an hour at 5 USD a TB. */
  readonly scannedPerHour?: string | undefined;
  /** The share of queries on Athena that may fail in an hour, from 0 to 1. Defaults to 0.2. */
  readonly failedShare?: number | undefined;
  /** Days on which loads and queries are not as on others: what is usual is not learned from them. At most ten ranges. */
  readonly unusualDays?: readonly DayRange[] | undefined;
  /** Standard deviations to the edge of what is usual, 1 to 10. Defaults to 3. */
  readonly deviations?: number | undefined;
  /** Alarms and notices that are not made. Defaults to none. */
  readonly off?: readonly (LoadAlarmName | QueryAlarmName | NoticeName)[] | undefined;
}

const names = [...loadAlarmNames, ...queryAlarmNames, ...noticeNames] as const;

const isSize = (text: string): boolean => {
  try {
    return byteSize('scannedPerHour', text) > 0;
  } catch {
    return false;
  }
};

/** The field `alarms` of a config. */
export const lakeAlarmsConfig = z.strictObject({
  topicArn: alarmTopic.optional(),
  runbooks: z
    .url({ protocol: /^https$/, error: 'must be an address, https://...' })
    .max(400, 'must be at most 400 characters: the description of an alarm has it')
    .optional(),
  freshHours: numberWithin(1, 168, 'whole hours').int('must be whole hours from 1 to 168').optional(),
  quarantinedShare: share,
  loadMinutes: numberWithin(15, 1440, 'a multiple of 15')
    .multipleOf(15, 'must be a multiple of 15 from 15 to 1440')
    .optional(),
  waitingMinutes: numberWithin(10, 1440, 'minutes').optional(),
  scannedPerHour: z
    .string('must be a size, such as 200 GB')
    .refine(isSize, 'must be a size, such as 200 GB')
    .optional(),
  failedShare: share,
  unusualDays: dayRanges,
  deviations: numberWithin(1, 10, 'a number').optional(),
  off: z.array(z.enum(names, `must be some of ${names.join(', ')}`)).optional(),
});
