import { HeadwaterError } from '@headwater/core';
import type { StreamRecord } from '@headwater/stream';
import { isAfter, positionAfter, type ShardPosition, shardStart } from './landed-file.ts';
import { recordLine } from './record-line.ts';

/** Compares the records of a run that begins anew with those that a run before it archived. */
export interface ReplayCheck {
  /** Records that were archived before, and came again. */
  readonly known: number;
  /** @throws HeadwaterError `STREAM_RESUME_CONFLICT` when the records up to the expected position are others */
  see(record: StreamRecord): void;
  /** @throws HeadwaterError `STREAM_RESUME_CONFLICT` when the records ended before the expected position */
  assertSeen(): void;
}

/**
 * Checks one shard. The archive skips records by their sequence numbers, so they have to be the same records: with another input, rows
 * would be skipped that were never archived.
 *
 * @param expected how far the earlier run got
 */
export function createReplayCheck(folder: string, shard: string, expected: ShardPosition): ReplayCheck {
  let seen = shardStart;
  let isDone = expected.records === 0;
  const conflict = (): never => {
    const problem = `the records of ${shard} are not those that the interrupted run archived`;
    throw new HeadwaterError('STREAM_RESUME_CONFLICT', { folder, problem });
  };
  return {
    get known() {
      return seen.records;
    },
    see(record) {
      if (isDone || !isAfter(record.sequenceNumber, seen)) return;
      seen = positionAfter(seen, record.sequenceNumber, recordLine(record));
      if (seen.records < expected.records) return;
      if (seen.last !== expected.last || seen.digest !== expected.digest) conflict();
      isDone = true;
    },
    assertSeen() {
      if (!isDone) conflict();
    },
  };
}
