import { HeadwaterError } from '@headwater/core';
import { measuredSend, type SendCounts } from '../telemetry/measured-send.ts';
import { fullJitter } from './full-jitter.ts';
import { Lanes, type RequestLimits } from './lanes.ts';
import { entryBytes, type PendingRecord } from './pending-record.ts';
import { type PutFailure, putOutcomes } from './put-outcome.ts';
import type { RecordSender, RecordSenderOptions } from './record-sender.ts';
import type { PutEntry, RecordSink } from './record-sink.ts';
import { type SendSettings, sendSettings } from './send-options.ts';
import { type SenderCounts, SenderReport } from './sender-report.ts';
import { serviceLimits } from './service-limits.ts';
import type { UnsentReason } from './unsent-record.ts';

/** The buffer of a sender: what is accepted, what is in requests, and who waits for either. */
export class BufferedSender<Entry extends PutEntry> implements RecordSender<Entry> {
  readonly #sink: RecordSink;
  readonly #settings: SendSettings;
  readonly #onUnsent: RecordSenderOptions<Entry>['onUnsent'];
  readonly #limits: RequestLimits;
  readonly #room: { records: number; bytes: number };
  readonly #report = new SenderReport();
  readonly #lanes: Lanes<Entry>;
  readonly #unsettled = new Set<PendingRecord<Entry>>();
  /** Calls of `send` that wait for room, in their order. */
  readonly #waiting: { readonly record: PendingRecord<Entry>; readonly taken: () => void }[] = [];
  /** The records that a flush still waits for, and what ends it. */
  readonly #drains = new Set<{ readonly left: Set<PendingRecord<Entry>>; readonly end: () => void }>();
  readonly #aborted = new AbortController();
  #inFlight = 0;
  #flushes = 0;
  /** Whether records that are ready have waited long enough. */
  #isDue = false;
  #lingering: AbortController | undefined;
  #unsentCalls: Promise<void> = Promise.resolve();
  #closing: Promise<SenderCounts> | undefined;

  constructor({ sink, onUnsent, ...options }: RecordSenderOptions<Entry>) {
    const settings = sendSettings(options);
    this.#sink = sink;
    this.#onUnsent = onUnsent;
    this.#settings = settings;
    this.#room = { records: settings.bufferRecords, bytes: settings.bufferBytes };
    this.#limits = {
      records: serviceLimits.requestRecords,
      bytes: Math.min(settings.requestBytes, serviceLimits.requestBytes),
    };
    this.#lanes = new Lanes(settings.order === 'key');
  }

  get counts(): SenderCounts {
    return this.#report.counts(this.#unsettled.size);
  }

  async send(entry: Entry): Promise<void> {
    if (this.#closing) throw new HeadwaterError('PRODUCER_CLOSED', {});
    const bytes = entryBytes(entry);
    const record = { entry, bytes, acceptedAt: this.#settings.clock.now(), attempts: 0, mayBeStored: false };
    if (this.#waiting.length === 0 && this.#hasRoom(bytes)) return this.#accept(record);
    const { bufferRecords } = this.#settings;
    if (this.#waiting.length >= bufferRecords)
      throw new HeadwaterError('PRODUCER_OVERFLOW', { waiting: bufferRecords });
    return new Promise((taken) => this.#waiting.push({ record, taken }));
  }

  async flush(): Promise<void> {
    await this.#drain();
    this.#report.throwUnreported(this.#onUnsent !== undefined);
  }

  close({ timeoutSeconds }: { readonly timeoutSeconds?: number } = {}): Promise<SenderCounts> {
    this.#closing ??= this.#close();
    if (timeoutSeconds !== undefined) this.#abortAfter(timeoutSeconds * 1000);
    return this.#closing;
  }

  async #close(): Promise<SenderCounts> {
    await this.#drain();
    this.#lingering?.abort();
    this.#report.throwUnreported(this.#onUnsent !== undefined);
    return this.counts;
  }

  #abortAfter(milliseconds: number): void {
    const ended = new AbortController();
    const end = () => ended.abort();
    this.#closing?.then(end, end);
    this.#settings.clock.pause(milliseconds, ended.signal).then(() => {
      this.#aborted.abort();
      this.#dispatch();
    });
  }

  /** Sends all that was accepted, or waits to be, before the call. */
  async #drain(): Promise<void> {
    const left = new Set([...this.#unsettled, ...this.#waiting.map(({ record }) => record)]);
    this.#flushes += 1;
    if (left.size > 0)
      await new Promise<void>((end) => {
        this.#drains.add({ left, end });
        this.#dispatch();
      });
    this.#flushes -= 1;
    await this.#unsentCalls;
  }

  #hasRoom(bytes: number): boolean {
    // A record that is larger than the buffer is taken when the buffer is empty.
    return this.#room.records > 0 && (this.#room.bytes >= bytes || this.#unsettled.size === 0);
  }

  #accept(record: PendingRecord<Entry>): void {
    this.#report.accepted += 1;
    this.#unsettled.add(record);
    this.#room.records -= 1;
    this.#room.bytes -= record.bytes;
    this.#lanes.add(record);
    this.#dispatch();
  }

  /** Begins requests while there are records for them and fewer are in flight than may be. */
  #dispatch(): void {
    while (this.#inFlight < this.#settings.requestsInFlight && this.#lanes.isReady) {
      if (!(this.#isDue || this.#flushes > 0 || this.#lanes.isFull(this.#limits))) {
        this.#linger();
        return;
      }
      const records = this.#lanes.take(this.#limits);
      this.#inFlight += 1;
      this.#put(records).finally(() => {
        this.#inFlight -= 1;
        this.#dispatch();
      });
    }
    if (!this.#lanes.isReady) this.#isDue = false;
  }

  #linger(): void {
    if (this.#lingering) return;
    const lingering = new AbortController();
    this.#lingering = lingering;
    this.#settings.clock.pause(this.#settings.lingerMilliseconds, lingering.signal).then(() => {
      this.#lingering = undefined;
      this.#isDue = this.#lanes.isReady;
      this.#dispatch();
    });
  }

  #put(records: readonly PendingRecord<Entry>[]): Promise<void> {
    return measuredSend(records.length, () => this.#putRecords(records));
  }

  async #putRecords(records: readonly PendingRecord<Entry>[]): Promise<SendCounts> {
    let requests = 0;
    let sent = 0;
    const entries = records.map(({ entry }) => entry);
    const { signal } = this.#aborted;
    const isAttempt = !signal.aborted;
    const outcomes = await putOutcomes(this.#sink, entries, signal, () => {
      this.#report.requests += 1;
      requests += 1;
    });
    const again: PendingRecord<Entry>[] = [];
    for (const [index, record] of records.entries()) {
      const failure = outcomes[index];
      if (isAttempt) record.attempts += 1;
      if (failure === undefined) {
        this.#report.sent += 1;
        sent += 1;
        this.#settle(record);
        continue;
      }
      record.mayBeStored ||= failure.mayBeStored;
      const reason = this.#reasonToGiveUp(record, failure);
      if (reason === undefined) again.push(record);
      else this.#giveUp(record, reason, failure);
    }
    if (again.length > 0) this.#sendAgain(again);
    return { requests, sent, retried: again.length, givenUp: records.length - sent - again.length };
  }

  #reasonToGiveUp(record: PendingRecord<Entry>, failure: PutFailure): UnsentReason | undefined {
    const { maximumAttempts, maximumAgeSeconds, clock } = this.#settings;
    if (this.#aborted.signal.aborted) return 'closed';
    if (!failure.isRetryable) return 'refused';
    if (record.attempts >= maximumAttempts) return 'attempts';
    return clock.now() - record.acceptedAt > maximumAgeSeconds * 1000 ? 'age' : undefined;
  }

  /** Puts the records back after a pause. */
  #sendAgain(records: readonly PendingRecord<Entry>[]): void {
    this.#report.retried += records.length;
    const { backoff, clock } = this.#settings;
    const attempts = Math.max(...records.map((record) => record.attempts));
    const milliseconds = fullJitter(backoff, attempts, clock.random);
    clock.pause(milliseconds, this.#aborted.signal).then(() => {
      for (const record of records) this.#lanes.putBack(record);
      this.#isDue = true;
      this.#dispatch();
    });
  }

  #giveUp(record: PendingRecord<Entry>, reason: UnsentReason, { code, message }: PutFailure): void {
    const { entry, attempts, mayBeStored } = record;
    this.#report.addUnsent(reason, code, message);
    // One at a time, so that a slow callback is not called for thousands at once.
    this.#unsentCalls = this.#unsentCalls
      .then(() => this.#onUnsent?.({ entry, reason, code, message, attempts, mayBeStored }))
      .catch((error: unknown) => this.#report.callbackFailed(error))
      .then(() => this.#settle(record));
  }

  #settle(record: PendingRecord<Entry>): void {
    this.#unsettled.delete(record);
    this.#room.records += 1;
    this.#room.bytes += record.bytes;
    const next = this.#lanes.remove(record);
    const { lingerMilliseconds, clock } = this.#settings;
    if (next && clock.now() - next.acceptedAt >= lingerMilliseconds) this.#isDue = true;
    for (let call = this.#waiting[0]; call && this.#hasRoom(call.record.bytes); call = this.#waiting[0]) {
      this.#waiting.shift();
      this.#accept(call.record);
      call.taken();
    }
    for (const drain of this.#drains) {
      drain.left.delete(record);
      if (drain.left.size > 0) continue;
      this.#drains.delete(drain);
      drain.end();
    }
    this.#dispatch();
  }
}
