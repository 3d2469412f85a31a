import { compareSequenceNumbers } from '../../record/sequence-number.ts';
import type { StreamRecord } from '../../record/stream-record.ts';
import type { DeliveryResponse } from './delivery.ts';

/** What an answer means: nothing failed, or the batch has to be delivered again from an index on. */
export type Outcome =
  | { readonly isDone: true }
  | { readonly isDone: false; readonly failedFrom: number; readonly error?: unknown };

const done: Outcome = { isDone: true };
const failed: Outcome = { isDone: false, failedFrom: 0 };

/**
 * Reads the `batchItemFailures` of an answer. None is a success. An identifier that is empty, or of no record of the batch, is the failure
 * of the whole batch. Otherwise the batch failed from the lowest sequence number on, whatever was reported first.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
 */
export function outcomeOf(
  response: DeliveryResponse | null | undefined,
  records: readonly StreamRecord[],
): Outcome {
  const failures = response?.batchItemFailures;
  if (failures === undefined || failures === null) return done;
  if (!Array.isArray(failures)) return failed;
  let lowest: string | undefined;
  for (const failure of failures as readonly unknown[]) {
    const identifier = (failure as { itemIdentifier?: unknown } | null)?.itemIdentifier;
    if (typeof identifier !== 'string' || !/^\d+$/.test(identifier)) return failed;
    if (lowest === undefined || compareSequenceNumbers(identifier, lowest) < 0) lowest = identifier;
  }
  if (lowest === undefined) return done;
  const failedFrom = records.findIndex(({ sequenceNumber }) => sequenceNumber === lowest);
  return failedFrom < 0 ? failed : { isDone: false, failedFrom };
}
