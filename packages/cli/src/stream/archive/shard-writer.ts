import { type FileHandle, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { StreamRecord } from '@headwater/stream';
import { isAfter, type LandedFile, landedName, positionAfter, type ShardPosition } from './landed-file.ts';
import { recordLine } from './record-line.ts';

const lineEnd = Buffer.from('\n');

/** Writes the records of one shard into files, each record once. */
export interface ShardWriter {
  readonly position: ShardPosition;
  /**
   * Appends records. Those that were written before, which a stream delivers again after a failure, are skipped.
   * @returns how many records and bytes were written
   */
  append(records: readonly StreamRecord[]): Promise<{ readonly records: number; readonly bytes: number }>;
  /** Completes the file: its bytes are on the disk, and then it gets its name. Undefined when it has no record. */
  complete(): Promise<LandedFile | undefined>;
  close(): Promise<void>;
}

/**
 * Creates the writer of a shard.
 *
 * @param start the records before it are in the lake, or in complete files
 */
export function createShardWriter(folder: string, shard: string, start: ShardPosition): ShardWriter {
  const part = join(folder, `${shard}.part`);
  let position = start;
  let failure: { readonly cause: unknown } | undefined;
  let current: { readonly handle: FileHandle; readonly first: string; records: number } | undefined;
  // The file may end in a piece of a record. It is never completed, and the next run removes it.
  const fail = (cause: unknown): never => {
    failure = { cause };
    throw cause;
  };
  return {
    get position() {
      return position;
    },
    async append(records) {
      if (failure) throw failure.cause;
      const pieces: Uint8Array[] = [];
      let next = position;
      let first: string | undefined;
      for (const record of records) {
        if (!isAfter(record.sequenceNumber, next)) continue;
        const line = recordLine(record);
        pieces.push(line, lineEnd);
        next = positionAfter(next, record.sequenceNumber, line);
        first ??= record.sequenceNumber;
      }
      if (first === undefined) return { records: 0, bytes: 0 };
      const written = next.records - position.records;
      current ??= { handle: await open(part, 'w', 0o600), first, records: 0 };
      const bytes = Buffer.concat(pieces);
      await current.handle.appendFile(bytes).catch(fail);
      current.records += written;
      position = next;
      return { records: written, bytes: bytes.length };
    },
    async complete() {
      if (failure) throw failure.cause;
      if (!current) return undefined;
      const { handle, first, records } = current;
      await handle.sync().catch(fail);
      await handle.close();
      current = undefined;
      const path = join(folder, landedName(shard, first, position.last));
      await rename(part, path);
      return { path, shard, records, end: position };
    },
    async close() {
      await current?.handle.close();
      current = undefined;
    },
  };
}
