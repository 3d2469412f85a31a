import type { IncomingMessage, ServerResponse } from 'node:http';
import { emulatorRequest } from './emulator-request.ts';

/**
 * Forwards a request and its answer unchanged. Both are streamed, so that a file of any size needs no memory here.
 *
 * @param body the request's body, if it was already read
 */
export function proxy(upstream: string, from: IncomingMessage, to: ServerResponse, body?: Buffer): void {
  const forwarded = emulatorRequest(upstream, from, body && { bytes: body });
  forwarded.on('response', (answer) => {
    to.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders);
    answer.pipe(to);
    answer.on('error', () => to.destroy());
  });
  forwarded.on('error', (error) => {
    if (to.headersSent) to.destroy();
    else
      to.writeHead(503, { 'content-type': 'text/plain' }).end(
        `The emulator does not answer: ${error.message}`,
      );
  });
  to.on('close', () => {
    if (!to.writableFinished) forwarded.destroy();
  });
  if (body === undefined) from.pipe(forwarded);
  else forwarded.end(body);
}
