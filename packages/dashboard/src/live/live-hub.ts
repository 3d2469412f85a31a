import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { LakeComparison, LiveFigures } from '../api/api.ts';
import type { LiveFeed, StreamFigures } from './live-feed.ts';
import { LiveReader } from './live-reader.ts';

/** What a hub shares. */
export interface LiveHubConfig {
  readonly feed: LiveFeed;
  /** Asks the lake for the hours of the stream. */
  readonly compare: (figures: StreamFigures, signal: AbortSignal) => Promise<LakeComparison>;
  /** Seconds between two questions to the lake. */
  readonly compareSeconds: number;
  /** Called when the lake could not be asked. */
  readonly onError: (error: unknown) => void;
}

/** Pages that are served at a time. */
const mostReaders = 64;
/** Newer figures are sent once a second. */
const pause = 1000;
/** The same ones are sent again after five, which says that the server is there. */
const longestPause = 5000;

/**
 * The figures of a stream for those who read them now. They are written once, whoever reads; a reader holds one text at most. While nobody reads,
 * the stream is not followed and the lake is not asked.
 */
export class LiveHub {
  private readonly config: LiveHubConfig;
  private readonly readers = new Set<LiveReader>();
  /** Ids of another process are no ids of this one. */
  private readonly process = randomBytes(6).toString('base64url');
  private readonly stopped = new AbortController();
  private sent = 0;
  private figures: StreamFigures | undefined;
  private compared: LakeComparison | undefined;
  /** The newest figures as they were sent. */
  private written:
    | { readonly id: string; readonly text: string; readonly of: string; readonly at: number }
    | undefined;
  private timer: NodeJS.Timeout | undefined;
  private unsubscribe: (() => void) | undefined;
  private asking: Promise<void> | undefined;
  private askedAt = Number.NEGATIVE_INFINITY;
  private askedOf = '';
  private askedEnd = false;

  constructor(config: LiveHubConfig) {
    this.config = config;
  }

  /** Whether another reader would be one too many. */
  get isFull(): boolean {
    return this.readers.size >= mostReaders;
  }

  /**
   * Sends figures as server-sent events until the reader has gone.
   *
   * @param lastId the last event that the reader has seen, when it comes back. Figures are whole, so it missed nothing but older ones
   */
  add(response: ServerResponse, lastId: string | undefined): void {
    const reader = new LiveReader(response);
    this.readers.add(reader);
    response.once('close', () => {
      this.readers.delete(reader);
      if (this.readers.size === 0) this.rest();
    });
    if (this.written && this.written.id !== lastId && this.isFresh()) reader.send(this.written.text);
    if (this.timer) return;
    this.timer = setInterval(() => this.tick(), pause);
    this.unsubscribe = this.config.feed.subscribe((figures) => {
      const isFirst = this.figures === undefined;
      this.figures = figures;
      if (isFirst) this.tick();
    });
  }

  /** Ends all readers. */
  close(): void {
    this.stopped.abort();
    for (const reader of this.readers) reader.end();
    this.rest();
  }

  /** Nobody reads: follows nothing. */
  private rest(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.unsubscribe?.();
    this.unsubscribe = undefined;
    this.figures = undefined;
  }

  private isFresh(): boolean {
    return this.written !== undefined && performance.now() - this.written.at < 2 * longestPause;
  }

  private tick(): void {
    this.write();
    this.ask();
  }

  private write(): void {
    if (!this.figures) return;
    const { hours: _, countedFrom: __, ...figures } = this.figures;
    const of = JSON.stringify([figures, this.compared]);
    const now = performance.now();
    if (this.written?.of === of && now - this.written.at < longestPause) return;
    this.sent += 1;
    const id = `${this.process}-${this.sent}`;
    const live: LiveFigures = { at: new Date().toISOString(), ...figures, compared: this.compared };
    const text = `id: ${id}\nevent: figures\ndata: ${JSON.stringify(live)}\n\n`;
    this.written = { id, text, of, at: now };
    for (const reader of this.readers) reader.send(text);
  }

  private ask(): void {
    const { figures } = this;
    const { compare, compareSeconds, onError } = this.config;
    if (!figures || figures.hours.length === 0 || this.asking) return;
    // A stream that has ended is loaded: that is asked for at once.
    const isDue = performance.now() - this.askedAt >= compareSeconds * 1000;
    if (!isDue && !(figures.isEnded && !this.askedEnd)) return;
    const of = JSON.stringify([figures.hours, figures.records]);
    // What is equal stays so until something comes.
    if (of === this.askedOf && this.compared?.isEqual) return;
    this.askedEnd = figures.isEnded;
    this.asking = compare(figures, this.stopped.signal)
      .then(
        (compared) => {
          this.compared = compared;
          this.askedOf = of;
        },
        (error: unknown) => {
          if (!this.stopped.signal.aborted) onError(error);
        },
      )
      .finally(() => {
        this.asking = undefined;
        this.askedAt = performance.now();
      });
  }
}
