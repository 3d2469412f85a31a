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

/** Starts to listen. */
export async function serveService(
  service: KpiService,
  { host, port, shutdownSeconds }: ListenOptions,
): Promise<ListeningService> {
  const { server, listening } = await new Promise<{ server: Server; listening: number }>(
    (resolve, reject) => {
      const made = serve({ fetch: service.app.fetch, hostname: host, port }, (address) =>
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
    const timer = new AbortController();
    const late = wait(shutdownSeconds * 1000, 'late', { signal: timer.signal }).catch(() => undefined);
    if ((await Promise.race([ended, late])) === 'late') {
      service.log({ level: 'warn', event: 'requests cut off' });
      server.closeAllConnections();
      await ended;
    }
    timer.abort();
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
