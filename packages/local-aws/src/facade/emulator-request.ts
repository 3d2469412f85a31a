import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';

const agent = new Agent({ keepAlive: true });

/** Headers that belong to one connection, not to the message. This server answers Expect itself. */
const ownHeaders = new Set(['connection', 'keep-alive', 'transfer-encoding', 'expect', 'proxy-connection']);

/** Headers that describe a body which the façade has changed. */
const bodyHeaders = new Set(['content-length', 'x-amz-content-sha256']);

/** The body of a request that the façade has read. */
export interface ReadBody {
  readonly bytes: Buffer;
  /** Whether these are other bytes than the client sent. */
  readonly isChanged?: boolean;
}

/**
 * Begins the same request to the emulator; its body is still to be sent. The Host header is the client's, because the emulator uses it
 * in the addresses that it returns.
 *
 * @param body the request's body, if it was already read
 */
export function emulatorRequest(upstream: string, from: IncomingMessage, body?: ReadBody): ClientRequest {
  const { hostname, port } = new URL(upstream);
  const { method, url: path } = from;
  return request({ agent, hostname, port, method, path, headers: headersOf(from, body) });
}

function headersOf(from: IncomingMessage, body: ReadBody | undefined): string[] {
  const kept: string[] = [];
  const { rawHeaders: raw } = from;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const [name = '', value = ''] = raw.slice(index, index + 2);
    const key = name.toLowerCase();
    if (!ownHeaders.has(key) && !(body?.isChanged && bodyHeaders.has(key))) kept.push(name, value);
  }
  if (body?.isChanged) kept.push('Content-Length', String(body.bytes.length));
  const isChunked = body === undefined && from.headers['transfer-encoding'] !== undefined;
  if (isChunked) kept.push('Transfer-Encoding', 'chunked');
  return kept;
}
