import { HeadwaterError } from '@headwater/core';
import type { UnsentReason } from './unsent-record.ts';

/** What a sender did. `accepted` is `sent` + `unsent` + `buffered`. */
export interface SenderCounts {
  /** Records that the buffer took. */
  readonly accepted: number;
  /** Records that the stream confirmed. */
  readonly sent: number;
  /** Records that were given up, each reported. */
  readonly unsent: number;
  /** Records that wait, or are in a request. */
  readonly buffered: number;
  /** Requests that were made. */
  readonly requests: number;
  /** How often a record failed and was sent again. */
  readonly retried: number;
}

/** Counts what a sender does, and keeps what it has to throw. */
export class SenderReport {
  accepted = 0;
  sent = 0;
  requests = 0;
  retried = 0;
  #unsent = 0;
  readonly #reasons = new Map<
    string,
    { reason: UnsentReason; code: string; message: string; records: number }
  >();
  #thrown: unknown[] = [];

  counts(buffered: number): SenderCounts {
    const { accepted, sent, requests, retried } = this;
    return { accepted, sent, unsent: accepted - sent - buffered, buffered, requests, retried };
  }

  addUnsent(reason: UnsentReason, code: string, message: string): void {
    this.#unsent += 1;
    const known = this.#reasons.get(`${reason} ${code}`);
    if (known) known.records += 1;
    else this.#reasons.set(`${reason} ${code}`, { reason, code, message, records: 1 });
  }

  callbackFailed(error: unknown): void {
    this.#thrown.push(error);
  }

  /** Throws what nobody was told: records that were given up without a callback, once; what the callback threw, the first. */
  throwUnreported(hasCallback: boolean): void {
    const thrown = this.#thrown;
    this.#thrown = [];
    if (thrown.length > 0) throw thrown[0];
    const unsent = this.#unsent;
    const reasons = [...this.#reasons.values()];
    this.#unsent = 0;
    this.#reasons.clear();
    if (unsent > 0 && !hasCallback) throw new HeadwaterError('EVENTS_UNSENT', { unsent, reasons });
  }
}
