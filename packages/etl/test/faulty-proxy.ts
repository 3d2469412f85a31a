import { forwardingProxy, type ProxiedRequest } from './forwarding-proxy.ts';

/** What happens to a request: nothing, an answer of the proxy's own, a connection that breaks, or other bytes. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'cut'; readonly afterBytes: number }
  | { readonly kind: 'flip' };

/** Starts a proxy before an endpoint until the test ends. @param faultOf the fault of a request, in the order in which they come */
export const faultyProxy = (
  endpoint: string,
  faultOf: (
    request: string,
    headers: ProxiedRequest['headers'],
  ) => Fault | undefined | Promise<Fault | undefined>,
): Promise<string> =>
  forwardingProxy(endpoint, async ({ name, headers, answer, discard, forward }) => {
    const fault = await faultOf(name, headers);
    if (fault?.kind === 'status') {
      discard();
      answer.writeHead(fault.status).end();
      return;
    }
    forward((response) => {
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
  });
