import {
  type CleanResult,
  type EventsTable,
  HeadwaterError,
  type InferRow,
  type LookupRows,
  type TableSchema,
} from '@headwater/core';
import { createUtf8Cleaner } from '@headwater/core/internal';
import type { RecordResult } from './record-result.ts';
import type { StreamRecord } from './stream-record.ts';
import { createTextReader } from './text-reader.ts';

/** A table as records are read for it: what `defineEvents` makes. */
export type RecordTable = Pick<EventsTable, 'schema' | 'shape'>;

/** What the records of a stream are like. */
export interface RecordReaderOptions {
  /** The source of the records, as for a load: its constants, the names of its fields, and its conditions. */
  readonly source?: string | undefined;
  /** The rows of each lookup of the table. A `Map` is read at each record, so it may be kept up to date. */
  readonly lookups?: Readonly<Record<string, LookupRows>> | undefined;
}

/** Reads a record. It never throws: a record that is no event is `rejected`. */
export type RecordReader<Event> = (record: StreamRecord) => RecordResult<Event>;

/**
 * Compiles a table to a function over the records of a stream: base64 or bytes, UTF-8, JSON, cleaning, a typed event. A record is one
 * JSON object, and has the result of a load of the same text as a line of JSON Lines: the same values, or the same reasons. It sees
 * one record at a time, so it decides about no duplicate.
 *
 * @param table what `defineEvents` made
 * @throws HeadwaterError `STREAM_UNSUPPORTED` for a table whose records are several events, and for a source by position;
 *   `OPTION_INVALID` for an unknown source or lookup; `LOOKUP_MISSING`; `LOOKUP_INVALID` for a bad row of a lookup
 * @example
 * ```ts
 * const read = createRecordReader(clickstream);
 * read({ data: 'eyJldmVudF90aW1lIjoiMjAxOS0xMC0wMVQwMDowMDowMFoiLCAuLi59', sequenceNumber: '4954...' });
 * // { kind: 'event', event: { event_time: 2019-10-01T00:00:00.000Z, event_type: 'view', price: 33.2, ... }, sequenceNumber: '4954...' }
 * // { kind: 'rejected', reasons: [{ column: 'price', code: 'below_minimum' }], raw: '{"event_time": ...', sequenceNumber: '4954...' }
 * ```
 */
export function createRecordReader<Table extends RecordTable>(
  table: Table,
  { source, lookups }: RecordReaderOptions = {},
): RecordReader<InferRow<Table>> {
  const { schema } = table;
  assertStreamable(schema, source);
  const clean = createUtf8Cleaner(schema, { source, lookups });
  const texts = createTextReader();
  return ({ data, sequenceNumber }) => {
    const text = texts.read(data);
    if (typeof text !== 'string') {
      const { code, raw } = text;
      return { kind: 'rejected', reasons: [{ column: null, code }], raw, sequenceNumber };
    }
    // Only an exploded list has several results, and such tables were refused.
    const [result] = clean(text, texts.bytes) as [CleanResult];
    if (!result.accepted) {
      const { reasons, filtered } = result;
      return filtered
        ? { kind: 'filtered', sequenceNumber }
        : { kind: 'rejected', reasons, raw: text, sequenceNumber };
    }
    const { row, unmatched, nulled } = result;
    // What the definition accepts has the types that it infers.
    const event = row as InferRow<Table>;
    if (!unmatched && !nulled) return { kind: 'event', event, sequenceNumber };
    return {
      kind: 'event',
      event,
      sequenceNumber,
      ...(unmatched && { unmatched }),
      ...(nulled && { nulled }),
    };
  };
}

/** Refuses what no record of a stream can be. */
function assertStreamable({ name: table, explode, sources }: TableSchema, source: string | undefined): void {
  if (explode)
    throw new HeadwaterError('STREAM_UNSUPPORTED', {
      table,
      problem: `it explodes ${explode.join('.')}, and a record of a stream is one event: its sequence number identifies it`,
      fix: `Send a record for each element, and read them with a definition without explode`,
    });
  if (source !== undefined && Object.hasOwn(sources ?? {}, source) && sources?.[source]?.positions)
    throw new HeadwaterError('STREAM_UNSUPPORTED', {
      table,
      problem: `the source ${source} lists its columns by position, and the members of a JSON object have names`,
      fix: `Give that source columns by name, or read records without a source`,
    });
}
