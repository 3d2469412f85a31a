import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** An HTTP proxy that counts what it forwards, and can withhold one answer. */
export interface CountingProxy {
  readonly url: string;
  /** `PUT /bucket/key` of every request since the last `withhold`. */
  readonly requests: readonly string[];
  /** Starts counting anew; when request number `at` was carried out, `then` is called in place of an answer. */
  withhold(at: number, then: () => void): void;
}

/**
 * Starts a proxy before an endpoint, until the test ends.
 *
 * @param before called with each request, as `PUT /bucket/key`, before it is forwarded
 */
export async function countingProxy(
  endpoint: string,
  before: (request: string) => Promise<void> = async () => undefined,
): Promise<CountingProxy> {
  const { hostname, port } = new URL(endpoint);
  let requests: string[] = [];
  let withheld: { at: number; then: () => void } | undefined;
  const server = createServer(async (incoming, answer) => {
    const { method, url: path, headers } = incoming;
    const number = requests.push(`${method} ${path}`);
    await before(`${method} ${path}`);
    const outgoing = request({ hostname, port, method, path, headers }, (response) => {
      if (number === withheld?.at) {
        response.resume().on('end', withheld.then);
        return;
      }
      answer.writeHead(response.statusCode ?? 500, response.headers);
      response.pipe(answer);
    });
    outgoing.on('error', () => answer.destroy());
    incoming.on('error', () => outgoing.destroy());
    incoming.pipe(outgoing);
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get requests() {
      return requests;
    },
    withhold(at, then) {
      requests = [];
      withheld = { at, then };
    },
  };
}
