import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FailedDelivery } from '@headwater/stream/local';
import type { UnsentRecord } from '@headwater/stream/producer';

/** Files with what a run could not process: lines of JSON with reason and payload. */
export interface ReportedRecords {
  /** Takes a record that the stream did not take. */
  unsent(record: UnsentRecord): Promise<void>;
  /** Takes records that a handler gave up. */
  givenUp(handler: string, failed: FailedDelivery): Promise<void>;
  /** The files that have something. */
  readonly files: readonly string[];
}

/** @param folder exists */
export function reportedRecords(folder: string): ReportedRecords {
  const files = new Set<string>();
  const add = async (name: string, lines: readonly object[]): Promise<void> => {
    const path = join(folder, name);
    await appendFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''), { mode: 0o600 });
    files.add(path);
  };
  return {
    get files() {
      return [...files];
    },
    unsent: ({ entry, ...why }) =>
      add('unsent.jsonl', [{ ...why, partitionKey: entry.partitionKey, data: base64(entry.data) }]),
    givenUp: (handler, { condition, shard, records, error }) =>
      add(
        'given-up.jsonl',
        records.map(({ sequenceNumber, partitionKey, data }) => ({
          ...{ handler, condition, shard, sequenceNumber, partitionKey },
          error: error === undefined ? null : String(error),
          data: base64(data),
        })),
      ),
  };
}

const base64 = (data: Uint8Array | string): string =>
  typeof data === 'string' ? data : Buffer.from(data.buffer, data.byteOffset, data.length).toString('base64');
