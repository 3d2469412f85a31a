import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';

const agent = new Agent({ keepAlive: true });

/** Headers that belong to one connection, not to the message. This server answers Expect itself. */
const ownHeaders = new Set(['connection', 'keep-alive', 'transfer-encoding', 'expect', 'proxy-connection']);

/**
 * Forwards a request and its answer unchanged. Both are streamed, so that a file of any size needs no memory here. The
 * Host header is the client's, because the emulator uses it in the addresses that it returns.
 *
 * @param body the request's body, if it was already read
 */
export function proxy(upstream: string, from: IncomingMessage, to: ServerResponse, body?: Buffer): void {
  const { hostname, port } = new URL(upstream);
  const { method, url: path, rawHeaders } = from;
  const forwarded = request({
    agent,
    hostname,
    port,
    method,
    path,
    headers: headersOf(rawHeaders, body, from),
  });
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

function headersOf(raw: readonly string[], body: Buffer | undefined, from: IncomingMessage): string[] {
  const kept: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const [name = '', value = ''] = raw.slice(index, index + 2);
    if (!ownHeaders.has(name.toLowerCase())) kept.push(name, value);
  }
  const isChunked = body === undefined && from.headers['transfer-encoding'] !== undefined;
  if (isChunked) kept.push('Transfer-Encoding', 'chunked');
  return kept;
}
