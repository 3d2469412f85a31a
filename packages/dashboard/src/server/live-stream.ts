import type { ServerResponse } from 'node:http';
import type { LiveFigures } from '../api/api.ts';

/** The figures of a stream that runs, as its owner gives them. */
export interface LiveFeed {
  /** Calls the listener with the newest figures, and whenever there are newer ones, until the function that it returns is called. */
  subscribe(listener: (figures: LiveFigures) => void): () => void;
}

/** A connection without a word is closed by what lies between. */
const heartbeatMilliseconds = 15_000;

/**
 * Sends the figures of a stream as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html) until the reader
 * has gone. A reader that is slow gets the newest figures, and not those in between: nothing piles up.
 */
export function sendLive(response: ServerResponse, feed: LiveFeed): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  let waiting: LiveFigures | undefined;
  let isFull = !response.write('retry: 2000\n\n');
  const send = (figures: LiveFigures): void => {
    if (isFull) waiting = figures;
    else isFull = !response.write(`event: figures\ndata: ${JSON.stringify(figures)}\n\n`);
  };
  response.on('drain', () => {
    isFull = false;
    const next = waiting;
    waiting = undefined;
    if (next) send(next);
  });
  const heartbeat = setInterval(() => {
    if (!isFull) isFull = !response.write(': still here\n\n');
  }, heartbeatMilliseconds);
  const unsubscribe = feed.subscribe(send);
  response.once('close', () => {
    clearInterval(heartbeat);
    unsubscribe();
  });
}
