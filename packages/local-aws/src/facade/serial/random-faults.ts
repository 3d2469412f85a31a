/** An error of one record of PutRecords. */
export type RecordError = 'ProvisionedThroughputExceededException' | 'InternalFailure';

/** An error of a whole request of PutRecords. */
export type RequestError = RecordError | 'ServiceUnavailable';

/** What happens to one request of PutRecords. */
export type PutRecordsFault =
  | { readonly kind: 'pass' }
  | { readonly kind: 'request'; readonly error: RequestError }
  | { readonly kind: 'lost' }
  /** The records that fail, by position. */
  | { readonly kind: 'records'; readonly errors: ReadonlyMap<number, RecordError> };

/** Shares from 0 to 1. */
interface Shares {
  readonly seed: number;
  readonly records: number;
  readonly requests: number;
  readonly lostAnswers: number;
}

/** The next faults of a stream, the same for the same seed and the same requests. */
export function randomFaults(shares: Shares): (records: readonly unknown[]) => PutRecordsFault {
  const draw = randomShares(shares.seed);
  return (records) => {
    if (draw() < shares.requests) {
      const kind = draw();
      const error =
        kind < 0.5
          ? 'ProvisionedThroughputExceededException'
          : kind < 0.8
            ? 'InternalFailure'
            : 'ServiceUnavailable';
      return { kind: 'request', error };
    }
    if (draw() < shares.lostAnswers) return { kind: 'lost' };
    const errors = new Map<number, RecordError>();
    for (const index of records.keys())
      if (draw() < shares.records)
        errors.set(index, draw() < 0.75 ? 'ProvisionedThroughputExceededException' : 'InternalFailure');
    return errors.size === 0 ? { kind: 'pass' } : { kind: 'records', errors };
  };
}

/** Numbers from 0 to 1 by a seed: Mulberry32, https://gist.github.com/tommyettinger/46a874533244883189143505d203312c. */
function randomShares(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
