export {
  createRecordReader,
  type RecordReader,
  type RecordReaderOptions,
  type RecordTable,
} from './record/record-reader.ts';
export type { EventResult, FilteredRecord, RecordResult, RejectedRecord } from './record/record-result.ts';
export type { StreamRecord } from './record/stream-record.ts';
