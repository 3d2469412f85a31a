import { carriedTimes, type RejectReason, type TableSchema } from '@headwater/core';
import { createEventLine } from '../record/event-line.ts';
import { createRecordReader, type RecordTable } from '../record/record-reader.ts';

/** What becomes of a record of Firehose. */
export type TransformedRecord =
  | {
      readonly kind: 'delivered';
      /** A line of JSON, without the columns of lookups. */
      readonly line: string;
      /** The UTC day of the event's time, as in the names of the lake's folders. */
      readonly dt: string;
    }
  | { readonly kind: 'dropped' }
  | { readonly kind: 'failed'; readonly reasons: readonly RejectReason[] }
  /** It is an event, and has a time that the files of Firehose cannot hold; see `carriedTimes`. */
  | { readonly kind: 'uncarried' };

/**
 * Compiles a table to a function over the data of a record: validated and cleaned as in a load, then written for Firehose. Lookups are not
 * joined: that is done where the delivered files are adopted.
 *
 * @param source the source of the records, as for a load
 * @throws HeadwaterError `STREAM_UNSUPPORTED`, `OPTION_INVALID`: see {@link createRecordReader}
 * @example
 * ```ts
 * createRecordTransform(clickstream)('eyJldmVudF90aW1lIjoi...');
 * // { kind: 'delivered', line: '{"event_time":"2019-10-01T00:00:00.000Z",...}\n', dt: '2019-10-01' }
 * ```
 */
export function createRecordTransform(
  table: RecordTable,
  { source }: { readonly source?: string | undefined } = {},
): (data: string) => TransformedRecord {
  const schema = withoutLookups(table.schema);
  const { time } = schema.partitioning;
  const read = createRecordReader({ ...table, schema }, { source });
  const lineOf = createEventLine(schema);
  const timestamps = schema.columns.filter(({ type }) => type.kind === 'timestamp').map(({ name }) => name);
  return (data) => {
    const result = read({ data, sequenceNumber: '0' });
    if (result.kind === 'filtered') return { kind: 'dropped' };
    if (result.kind === 'rejected') return { kind: 'failed', reasons: result.reasons };
    const event: Readonly<Record<string, unknown>> = result.event;
    if (!timestamps.every((name) => isCarried(event[name]))) return { kind: 'uncarried' };
    return {
      kind: 'delivered',
      line: lineOf(event),
      dt: (event[time] as Date).toISOString().slice(0, 10),
    };
  };
}

const isCarried = (value: unknown): boolean =>
  !(value instanceof Date) || (value >= carriedTimes.first && value <= carriedTimes.last);

function withoutLookups({ lookups: _, columns, ...schema }: TableSchema): TableSchema {
  return { ...schema, columns: columns.filter(({ lookup }) => lookup === undefined) };
}
