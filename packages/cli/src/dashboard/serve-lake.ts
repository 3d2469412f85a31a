import type { DayRange, LiveFeed } from '@headwater/dashboard';
import { UsageError } from '../command-line/usage-error.ts';
import type { OpenedLake } from '../config/open-lake.ts';
import type { Console } from '../output/console.ts';
import { assertRuns, sources } from './engine-sources.ts';
import { localDays } from './local-days.ts';

/** Something that happens while a page is served. */
export type ServerEvent =
  | { readonly kind: 'ready'; readonly url: string; readonly needsToken: boolean }
  | { readonly kind: 'failed'; readonly path: string; readonly message: string };

/** The port of a page. */
export const usualPort = 3742;

/** Seconds between questions to a lake for what a stream counted, where each costs money. */
const paidSeconds = 300;

/** What is served, and where. */
export interface ServeOptions {
  readonly port: number | undefined;
  readonly host?: string | undefined;
  readonly token?: string | undefined;
  /** The figures of a stream beside the lake. */
  readonly live?: LiveFeed | undefined;
  /** The days of a lake that holds nothing yet. Without it, such a lake is not served. */
  readonly emptyDays?: (() => DayRange) | undefined;
  readonly tell: (event: ServerEvent) => Promise<void> | void;
}

/** A page that is served. */
export interface ServedLake {
  readonly url: string;
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

/**
 * Serves the page of a lake.
 *
 * @throws UsageError for a lake without events; HeadwaterError `OPTION_INVALID` for a port that cannot be used
 */
export async function serveLake(opened: OpenedLake, options: ServeOptions): Promise<ServedLake> {
  assertRuns(opened);
  const { lake, table, engine } = opened;
  const { port = usualPort, host, token, live, emptyDays, tell } = options;
  const local = localDays(opened);
  const days = async (): Promise<DayRange> => {
    const found = (await local()) ?? emptyDays?.();
    if (!found)
      throw new UsageError('The lake holds no events, or cannot be read from here. Load some first.');
    return found;
  };
  await days();
  // Charts are loaded by those who serve them alone.
  const { serveDashboard } = await import('@headwater/dashboard');
  const server = await serveDashboard({
    ...{ lake, days, port, host, token, live },
    schema: table.schema,
    source: sources[engine.name],
    compareSeconds: engine.chargesScan ? paidSeconds : undefined,
    // Nobody pays for what nobody asked.
    warms: !engine.chargesScan,
    onError: (error, path) => void tell({ kind: 'failed', path, message: messageOf(error) }),
  });
  await tell({ kind: 'ready', url: server.url, needsToken: token !== undefined });
  return server;
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Prints an event of a server: where the page is, as a line for programs and one for people. */
export async function printServerEvent(event: ServerEvent, console: Console): Promise<void> {
  if (event.kind === 'failed') {
    console.note(`${event.path}: ${event.message}`);
    return;
  }
  const { url, needsToken } = event;
  await console.print(JSON.stringify({ ready: true, url }));
  console.note(
    `Open ${url}${needsToken ? '?token=<the token of the file>' : ''} in a browser. Ctrl+C stops the server.`,
  );
}
