import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request on its way to the endpoint. */
export interface ProxiedRequest {
  /** `PUT /bucket/key`. */
  readonly name: string;
  readonly headers: IncomingMessage['headers'];
  /** The answer that the client waits for. */
  readonly answer: ServerResponse;
  /** Reads what the client sends, and passes on nothing. */
  discard(): void;
  /** Passes the request on. `respond` gets the endpoint's response, and answers. */
  forward(respond: (response: IncomingMessage) => void): void;
}

/** Starts a proxy before an endpoint, until the test ends. It does with each request what `handle` says. */
export async function forwardingProxy(
  endpoint: string,
  handle: (proxied: ProxiedRequest) => Promise<void>,
): Promise<string> {
  const { hostname, port } = new URL(endpoint);
  const server = createServer((incoming, answer) => {
    const { method, url: path, headers } = incoming;
    void handle({
      name: `${method} ${path}`,
      headers,
      answer,
      discard: () => incoming.resume(),
      forward(respond) {
        const outgoing = request({ hostname, port, method, path, headers }, respond);
        outgoing.on('error', () => answer.destroy());
        incoming.on('error', () => outgoing.destroy());
        incoming.pipe(outgoing);
      },
    });
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
