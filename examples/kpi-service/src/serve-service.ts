import type { Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { serve } from '@hono/node-server';
import type { KpiService } from './service.ts';

/** Where a service listens. */
export interface ListenOptions {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Seconds that running requests get when the service ends. */
  readonly shutdownSeconds: number;
  /** Seconds in which a request has to be sent. Defaults to 10. */
  readonly requestSeconds?: number;
}

/** A service that listens. */
export interface ListeningService {
  readonly port: number;
  /**
   * Takes no more connections, lets running requests end, cuts those off that do not within the time, and closes the lake. Calling it
   * again waits for the same end.
   */
  stop(): Promise<void>;
}

/**
 * How long an idle connection stays, in milliseconds: longer than clients and load balancers keep theirs (60 s is usual). Whoever closes
 * first must be the client: a server that closes a connection at the moment in which a request is sent by it makes that request fail.
 */
const keepAliveTimeout = 75_000;

/** Starts to listen. */
export async function serveService(
  service: KpiService,
  { host, port, shutdownSeconds, requestSeconds = 10 }: ListenOptions,
): Promise<ListeningService> {
  const { server, listening } = await new Promise<{ server: Server; listening: number }>(
    (resolve, reject) => {
      const serverOptions = {
        keepAliveTimeout,
        headersTimeout: requestSeconds * 1000,
        requestTimeout: requestSeconds * 1000,
        connectionsCheckingInterval: Math.min(1000, requestSeconds * 500),
      };
      const made = serve({ fetch: service.app.fetch, hostname: host, port, serverOptions }, (address) =>
        resolve({ server: made, listening: address.port }),
      ) as Server;
      made.once('error', reject);
    },
  );
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    service.end();
    service.log({ level: 'info', event: 'ending' });
    const ended = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    // A connection whose answer ends from now on would wait for the next request.
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    const timer = new AbortController();
    const late = wait(shutdownSeconds * 1000, 'late', { signal: timer.signal }).catch(() => undefined);
    if ((await Promise.race([ended, late])) === 'late') {
      service.log({ level: 'warn', event: 'requests cut off' });
      server.closeAllConnections();
      await ended;
    }
    timer.abort();
    clearInterval(idle);
    await service.close(1);
    service.log({ level: 'info', event: 'ended' });
  };
  return {
    port: listening,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}
