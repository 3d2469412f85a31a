import { HeadwaterError } from '../../errors/headwater-error.ts';
import { columnOf, parseOf, type TableSchema } from '../../table/table-schema.ts';

/** How many of a count are in a second. */
const perSecond = { 'epoch-seconds': 1, 'epoch-milliseconds': 1e3, 'epoch-microseconds': 1e6 } as const;

/**
 * The jq query by which Firehose finds the day of a record that no transform has cleaned: the first ten characters of its time, or
 * the UTC day of a count (https://docs.aws.amazon.com/firehose/latest/dev/dynamic-partitioning.html). The day names a folder and nothing
 * else: adopting reads the time itself.
 *
 * A record without a time has no day. AWS does not say whether it fails or gets a folder of that name; it is adopted from both.
 *
 * @param key the JSON key of the time
 * @throws HeadwaterError `FIREHOSE_UNSUPPORTED` for times in a format that does not begin with the day
 * @example dayQuery(clickstream.schema, 'event_time') // '{dt:(."event_time"[0:10])}'
 */
export function dayQuery(schema: TableSchema, key: string): string {
  const column = columnOf(schema, schema.partitioning.time);
  const { time } = parseOf(column);
  const value = `.${JSON.stringify(key)}`;
  if (time?.from !== undefined) {
    const units = perSecond[time.from];
    const seconds = units === 1 ? 'tonumber' : `tonumber/${units}`;
    return `{dt:(${value}|${seconds}|floor|todate[0:10])}`;
  }
  const other = time?.formats?.find((format) => !format.startsWith('YYYY-MM-DD'));
  if (other !== undefined)
    throw new HeadwaterError('FIREHOSE_UNSUPPORTED', {
      table: schema.name,
      problem: `${column.name} is written as ${other}, and folders by day need the day as YYYY-MM-DD at its beginning`,
      fix: 'Set a transform, which gives the day of each event',
    });
  return `{dt:(${value}[0:10])}`;
}
