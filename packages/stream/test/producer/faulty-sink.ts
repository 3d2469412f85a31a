import type { PutEntry, PutResult, RecordSink } from '../../src/producer/record-sink.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** Shares of what goes wrong, from 0 to 1. */
interface Faults {
  /** Records that are throttled in a request of others. */
  readonly records: number;
  /** Requests that are throttled whole. */
  readonly throttled: number;
  /** Requests that break off before they put anything. */
  readonly broken: number;
  /** Requests that put their records, and whose answer is lost. */
  readonly lostAnswers: number;
}

class ServiceError extends Error {
  readonly $metadata: { readonly httpStatusCode: number };
  constructor(name: string, httpStatusCode: number) {
    super(`${name} of the test`);
    this.name = name;
    this.$metadata = { httpStatusCode };
  }
}

/** A stream that stores what it is given, with faults by chance, and refuses records whose data is `bad` or `too large` for ever. */
export class FaultySink implements RecordSink {
  readonly #clock: VirtualClock;
  readonly #random: () => number;
  readonly #faults: Faults;
  /** The keys and texts of records as they were stored. */
  readonly stored: { readonly key: string; readonly text: string }[] = [];
  /** The texts of each request. */
  readonly requests: string[][] = [];
  /** Texts that were put once more although they were confirmed. */
  readonly afterConfirmation: string[] = [];
  readonly #confirmed = new Set<string>();
  mostInFlight = 0;
  #inFlight = 0;

  constructor(clock: VirtualClock, random: () => number, faults: Faults) {
    this.#clock = clock;
    this.#random = random;
    this.#faults = faults;
  }

  async putRecords(
    entries: readonly PutEntry[],
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<readonly PutResult[]> {
    this.#inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.#inFlight);
    const texts = entries.map(({ data }) => Buffer.from(data).toString('utf8'));
    this.requests.push(texts);
    this.afterConfirmation.push(...texts.filter((text) => this.#confirmed.has(text)));
    try {
      await this.#clock.pause(Math.round(this.#random() * 20), signal);
      signal?.throwIfAborted();
      const chance = this.#random();
      const { throttled, broken, lostAnswers } = this.#faults;
      if (texts.includes('too large')) throw new ServiceError('ValidationException', 400);
      if (chance < throttled) throw new ServiceError('ProvisionedThroughputExceededException', 400);
      if (chance < throttled + broken) throw new Error('socket hang up');
      const results = entries.map((entry, index) => this.#putOne(entry, texts[index] ?? ''));
      if (chance > 1 - lostAnswers) throw new ServiceError('InternalFailure', 500);
      for (const [index, result] of results.entries())
        if (!('errorCode' in result)) this.#confirmed.add(texts[index] ?? '');
      return results;
    } finally {
      this.#inFlight -= 1;
    }
  }

  #putOne({ partitionKey: key }: PutEntry, text: string): PutResult {
    if (text === 'bad') return { errorCode: 'InvalidArgumentException', errorMessage: 'bad' };
    if (this.#random() < this.#faults.records)
      return { errorCode: 'ProvisionedThroughputExceededException', errorMessage: 'Rate exceeded' };
    this.stored.push({ key, text });
    return { sequenceNumber: String(this.stored.length), shardId: 'shardId-000000000000' };
  }
}
