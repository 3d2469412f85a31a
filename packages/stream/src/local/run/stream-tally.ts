import type { RecordReader } from '../../record/record-reader.ts';
import { compareSequenceNumbers } from '../../record/sequence-number.ts';
import type { StreamRecord } from '../../record/stream-record.ts';
import { EventClock } from './event-clock.ts';

/** What the records of a stream are. Each record counts once, however often it is delivered. */
export interface RecordCounts {
  /** Records that were given to the archive and acknowledged. */
  readonly records: number;
  readonly events: number;
  readonly filtered: number;
  readonly rejected: number;
  /** Rejected records by `column:code`, or `:code` for those of the whole record. A record may have several reasons. */
  readonly reasons: Readonly<Record<string, number>>;
}

/** Counts the records of a stream as the archive takes them: in the order of each shard, so that one given again is seen to be. */
export class StreamTally {
  readonly eventClock: EventClock;
  private readonly read: RecordReader<unknown>;
  private readonly last = new Map<string, string>();
  private readonly reasons: Record<string, number> = {};
  private records = 0;
  private events = 0;
  private filtered = 0;
  private rejected = 0;

  constructor(read: RecordReader<unknown>, timeColumn: string | undefined) {
    this.read = read;
    this.eventClock = new EventClock(timeColumn);
  }

  add(shard: string, records: readonly StreamRecord[]): void {
    for (const record of records) {
      const last = this.last.get(shard);
      if (last !== undefined && compareSequenceNumbers(record.sequenceNumber, last) <= 0) continue;
      this.last.set(shard, record.sequenceNumber);
      this.count(shard, record);
    }
  }

  get counts(): RecordCounts {
    const { records, events, filtered, rejected, reasons } = this;
    return { records, events, filtered, rejected, reasons: { ...reasons } };
  }

  private count(shard: string, record: StreamRecord): void {
    this.records += 1;
    const result = this.read(record);
    if (result.kind === 'event') {
      this.events += 1;
      this.eventClock.see(result.event, shard);
    } else if (result.kind === 'filtered') this.filtered += 1;
    else {
      this.rejected += 1;
      for (const { column, code } of result.reasons) {
        const reason = `${column ?? ''}:${code}`;
        this.reasons[reason] = (this.reasons[reason] ?? 0) + 1;
      }
    }
  }
}
