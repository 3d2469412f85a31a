import type { ServerResponse } from 'node:http';

/** A connection without a word is closed by what lies between. */
const heartbeatMilliseconds = 15_000;
/** A reader that takes nothing for so long has gone, whatever its connection says. */
const longestFull = 30_000;

/**
 * A reader of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). One that is slow gets the newest text, and not
 * those in between: nothing piles up. One that takes nothing for half a minute is dropped.
 */
export class LiveReader {
  private readonly response: ServerResponse;
  private readonly heartbeat: NodeJS.Timeout;
  private waiting: string | undefined;
  /** Since when it takes no more. */
  private fullSince: number | undefined;

  constructor(response: ServerResponse) {
    this.response = response;
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.on('drain', () => {
      this.fullSince = undefined;
      const next = this.waiting;
      this.waiting = undefined;
      if (next !== undefined) this.send(next);
    });
    this.heartbeat = setInterval(() => this.beat(), heartbeatMilliseconds).unref();
    response.once('close', () => clearInterval(this.heartbeat));
    this.put('retry: 2000\n\n');
  }

  /** Sends a text, or keeps it in place of the one that waits. */
  send(text: string): void {
    if (this.fullSince === undefined) this.put(text);
    else if (performance.now() - this.fullSince > longestFull) this.response.destroy();
    else this.waiting = text;
  }

  end(): void {
    this.response.end();
  }

  private beat(): void {
    if (this.fullSince === undefined) this.put(': still here\n\n');
    else if (performance.now() - this.fullSince > longestFull) this.response.destroy();
  }

  private put(text: string): void {
    if (!this.response.write(text)) this.fullSince = performance.now();
  }
}
