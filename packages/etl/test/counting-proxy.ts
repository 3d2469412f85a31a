import { forwardingProxy } from './forwarding-proxy.ts';

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
  let requests: string[] = [];
  let withheld: { at: number; then: () => void } | undefined;
  const url = await forwardingProxy(endpoint, async ({ name, answer, forward }) => {
    const number = requests.push(name);
    await before(name);
    forward((response) => {
      if (number === withheld?.at) {
        response.resume().on('end', withheld.then);
        return;
      }
      answer.writeHead(response.statusCode ?? 500, response.headers);
      response.pipe(answer);
    });
  });
  return {
    url,
    get requests() {
      return requests;
    },
    withhold(at, then) {
      requests = [];
      withheld = { at, then };
    },
  };
}
