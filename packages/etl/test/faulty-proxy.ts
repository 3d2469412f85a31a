import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What happens to a request: nothing, an answer of the proxy's own, a connection that breaks, or other bytes. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'cut'; readonly afterBytes: number }
  | { readonly kind: 'flip' };

/** Starts a proxy before an endpoint until the test ends. @param faultOf the fault of a request, in the order in which they come */
export async function faultyProxy(
  endpoint: string,
  faultOf: (
    request: string,
    headers: Readonly<Record<string, unknown>>,
  ) => Fault | undefined | Promise<Fault | undefined>,
): Promise<string> {
  const { hostname, port } = new URL(endpoint);
  const server = createServer((incoming, answer) => {
    const { method, url: path, headers } = incoming;
    void (async () => {
      const fault = await faultOf(`${method} ${path}`, headers);
      if (fault?.kind === 'status') {
        incoming.resume();
        answer.writeHead(fault.status).end();
        return;
      }
      const outgoing = request({ hostname, port, method, path, headers }, (response) => {
        answer.writeHead(response.statusCode ?? 500, response.headers);
        let sent = 0;
        response.on('data', (chunk: Buffer) => {
          if (fault?.kind === 'cut' && sent + chunk.length > fault.afterBytes) {
            answer.write(chunk.subarray(0, fault.afterBytes - sent), () => answer.destroy());
            response.destroy();
            return;
          }
          if (fault?.kind === 'flip' && sent === 0 && chunk.length > 0) chunk[chunk.length - 1] = 0x0b;
          sent += chunk.length;
          answer.write(chunk);
        });
        response.on('end', () => answer.end());
      });
      outgoing.on('error', () => answer.destroy());
      incoming.on('error', () => outgoing.destroy());
      incoming.pipe(outgoing);
    })();
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
