import type { RecordReader } from '../../record/record-reader.ts';
import type { RecordResult } from '../../record/record-result.ts';
import type { StreamRecord } from '../../record/stream-record.ts';

/** A reader that reads a record once for all consumers that are given the same one. */
export function sharedReader<Event>(read: RecordReader<Event>): RecordReader<Event> {
  const results = new WeakMap<StreamRecord, RecordResult<Event>>();
  return (record) => {
    const known = results.get(record);
    if (known) return known;
    const result = read(record);
    results.set(record, result);
    return result;
  };
}
