import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FailedDelivery } from '@headwater/stream/local';
import type { UnsentRecord } from '@headwater/stream/producer';
import { recordLine } from '../archive/record-line.ts';

/** The events that the stream did not take, as they came, one a line: `headwater etl run` loads the file. */
export const unsentFile = 'unsent.jsonl';
/** Why they were not taken: one line for each line of {@link unsentFile}, in the same order. */
export const unsentReasonsFile = 'unsent-reasons.jsonl';
/** The records that a handler gave up, with reason and payload as base64. The archive is no handler: the lake has them. */
const givenUpFile = 'given-up.jsonl';

/** Files with what a run could not process. */
export interface ReportedRecords {
  /** Takes a record that the stream did not take. */
  unsent(record: UnsentRecord): Promise<void>;
  /** Takes records that a handler gave up. */
  givenUp(handler: string, failed: FailedDelivery): Promise<void>;
  /** The files that have something; the reasons of {@link unsentFile} are beside it. */
  readonly files: readonly string[];
}

/**
 * Opens the files of what a run could not process. Each is made with its first record.
 *
 * @param folder exists
 */
export function reportedRecords(folder: string): ReportedRecords {
  const files = new Set<string>();
  const add = async (name: string, lines: readonly (string | Uint8Array)[]): Promise<string> => {
    const path = join(folder, name);
    const bytes = lines.flatMap((line) => [Buffer.from(line), Buffer.from('\n')]);
    await appendFile(path, Buffer.concat(bytes), { mode: 0o600 });
    return path;
  };
  // Records may be reported at the same time, and the lines of the two files belong together.
  let last = Promise.resolve();
  const addUnsent = async ({ entry, ...why }: UnsentRecord): Promise<void> => {
    const { data, partitionKey } = entry;
    await add(unsentReasonsFile, [JSON.stringify({ ...why, partitionKey })]);
    files.add(await add(unsentFile, [recordLine({ data })]));
  };
  return {
    get files() {
      return [...files];
    },
    unsent(record) {
      const added = last.then(() => addUnsent(record));
      last = added.catch(() => undefined);
      return added;
    },
    async givenUp(handler, { condition, shard, records, error }) {
      const lines = records.map(({ sequenceNumber, partitionKey, data }) =>
        JSON.stringify({
          ...{ handler, condition, shard, sequenceNumber, partitionKey },
          error: error === undefined ? null : String(error),
          data: base64(data),
        }),
      );
      files.add(await add(givenUpFile, lines));
    },
  };
}

const base64 = (data: Uint8Array | string): string =>
  typeof data === 'string' ? data : Buffer.from(data.buffer, data.byteOffset, data.length).toString('base64');
