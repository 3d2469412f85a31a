import { HeadwaterError } from '@headwater/core';
import type { PutEntry, PutResult, RecordSink } from './record-sink.ts';

/** Why a record was not put, as far as one request tells. */
export interface PutFailure {
  /** The service's error code, or the name of the error. */
  readonly code: string;
  readonly message: string;
  /** Whether another request may put it. */
  readonly isRetryable: boolean;
  /** Whether the request may have put it all the same: it ended without an answer. */
  readonly mayBeStored: boolean;
}

/** What became of a record in a request: undefined when it was put. */
export type PutOutcome = PutFailure | undefined;

/** Codes of records that no further request puts. The service documents only the two that pass; emulators have these as well. */
const lasting = new Set(['InvalidArgumentException', 'ValidationException']);

/** Exceptions of status 400 that pass. */
const throttling =
  /^(ProvisionedThroughputExceeded|Throttling|KMSThrottling|LimitExceeded|RequestLimitExceeded|TooManyRequests)/;

/**
 * Puts records by one request. When the service refuses the request for what is in it, by more of them: halves, and halves of halves, so
 * that only the records that it means remain.
 *
 * @returns what became of each, in their order. It does not throw
 */
export async function putOutcomes(
  sink: RecordSink,
  entries: readonly PutEntry[],
  signal: AbortSignal,
  onRequest: () => void,
): Promise<readonly PutOutcome[]> {
  if (signal.aborted) return entries.map(() => ({ ...closed, mayBeStored: false }));
  try {
    onRequest();
    const results = await sink.putRecords(entries, { signal });
    if (results.length !== entries.length)
      throw new Error(`${entries.length} records were put, and ${results.length} answered`);
    return results.map(outcomeOf);
  } catch (error) {
    const failure = signal.aborted ? closed : failureOf(error);
    if (!lasting.has(failure.code) || entries.length < 2) return entries.map(() => failure);
    const half = entries.length >> 1;
    const first = await putOutcomes(sink, entries.slice(0, half), signal, onRequest);
    return [...first, ...(await putOutcomes(sink, entries.slice(half), signal, onRequest))];
  }
}

const closed: PutFailure = {
  code: 'AbortError',
  message: 'The producer was closed before the record was sent',
  isRetryable: false,
  mayBeStored: true,
};

function outcomeOf(result: PutResult): PutOutcome {
  if (!('errorCode' in result)) return undefined;
  const { errorCode: code, errorMessage: message } = result;
  return { code, message, isRetryable: !lasting.has(code), mayBeStored: false };
}

function failureOf(error: unknown): PutFailure {
  // What this program lacks, such as a package, no further request has.
  if (error instanceof HeadwaterError)
    return { code: error.code, message: error.message, isRetryable: false, mayBeStored: false };
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const status = statusOf(error);
  const isThrottled = throttling.test(name) || status === 429;
  // Without a status there was no answer: the connection broke, or the request took too long.
  const isRefused = status !== undefined && status >= 400 && status < 500;
  return { code: name, message, isRetryable: isThrottled || !isRefused, mayBeStored: !isRefused };
}

function statusOf(error: unknown): number | undefined {
  const metadata = Object(error).$metadata ?? Object(error).$response;
  const status: unknown = metadata?.httpStatusCode ?? metadata?.statusCode;
  if (typeof status === 'number') return status;
  // An exception of the service without metadata, as an emulator in this process throws it.
  const name: unknown = Object(error).name;
  return typeof name === 'string' && (lasting.has(name) || throttling.test(name)) ? 400 : undefined;
}
