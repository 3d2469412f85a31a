import { HeadwaterError } from '@headwater/core';
import { pause } from '@headwater/storage';
import { exactJson } from '../common/exact-json.ts';
import type { TrinoEngineConfig } from './trino-engine.ts';
import { type TrinoFailure, trinoError } from './trino-error.ts';
import type { TypeSignature } from './trino-type.ts';

/** One answer of the server about a running statement. */
export interface TrinoPage {
  readonly id: string;
  readonly nextUri?: string;
  readonly columns?: readonly {
    readonly name: string;
    readonly type: string;
    readonly typeSignature: TypeSignature;
  }[];
  readonly data?: readonly (readonly unknown[])[];
  readonly stats: { readonly physicalInputBytes?: number; readonly elapsedTimeMillis?: number };
  readonly error?: TrinoFailure;
}

/** A statement, and its text for errors. */
export interface TrinoStatement {
  readonly text: string;
  /** The text with placeholders, for errors. */
  readonly shown: string;
}

const pace = { first: 100, most: 5_000 };
const mostAttempts = 8;
/** Status codes after which the same request is retried (https://trino.io/docs/current/develop/client-protocol.html). */
const busy: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/**
 * Runs a statement by Trino's client protocol and yields the answers as they arrive. The protocol is implemented here: it
 * is one POST and a chain of GETs, and the published client rounds 64-bit integers when it parses JSON.
 * Ending the iteration early, or aborting, stops the query on the server.
 *
 * @throws HeadwaterError `QUERY_FAILED`, `QUERY_UNAVAILABLE`; the signal's reason when it was aborted
 */
export async function* trinoPages(
  config: TrinoEngineConfig,
  statement: TrinoStatement,
  signal?: AbortSignal,
): AsyncGenerator<TrinoPage, void, undefined> {
  signal?.throwIfAborted();
  const base = new URL(config.url);
  assertSecret(config, base);
  const headers = headersOf(config);
  const send = (method: string, path: URL, more: RequestInit = {}): Promise<Response> =>
    fetch(path, { method, headers, redirect: 'error', ...more });
  // Without the signal: a query whose first answer is lost cannot be stopped. The server starts the work when the first
  // page is requested.
  let page = await request(
    statement,
    signal,
    (): Promise<Response> => send('POST', new URL('/v1/statement', base), { body: statement.text }),
  );
  let next: URL | undefined;
  const stop = async (): Promise<void> => {
    const running = next;
    next = undefined;
    // If this request fails, the server stops the query itself after some minutes without a request.
    if (running) await send('DELETE', running).catch(() => undefined);
  };
  signal?.addEventListener('abort', stop);
  try {
    for (;;) {
      next = page.nextUri === undefined ? undefined : onServer(base, page.nextUri);
      if (page.error) throw trinoError(statement.shown, page.id, page.error);
      yield page;
      if (!next) return;
      signal?.throwIfAborted();
      const following = next;
      page = await request(
        statement,
        signal,
        () => send('GET', following, signal ? { signal } : {}),
        page.id,
      );
    }
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  } finally {
    signal?.removeEventListener('abort', stop);
    await stop();
  }
}

/** Replaces the server's own host by the configured one: behind a proxy they differ, and secrets go to the configured one alone. */
function onServer(base: URL, uri: string): URL {
  const { pathname, search } = new URL(uri);
  return new URL(pathname + search, base);
}

async function request(
  { shown }: TrinoStatement,
  signal: AbortSignal | undefined,
  send: () => Promise<Response>,
  queryId?: string,
): Promise<TrinoPage> {
  for (let attempt = 1; ; attempt++) {
    let problem: string;
    try {
      const response = await send();
      const body = await response.text();
      if (response.ok) return exactJson(body) as TrinoPage;
      problem = `the server answered ${response.status} ${body.slice(0, 200)}`.trim();
      if (!busy.has(response.status))
        throw new HeadwaterError('QUERY_FAILED', {
          engine: 'trino',
          sql: shown,
          problem,
          ...(queryId === undefined ? {} : { queryId }),
          ...(response.status === 401 ? { advice: 'Check the user and the password, or the token' } : {}),
        });
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (error instanceof HeadwaterError) throw error;
      problem = `the server cannot be reached: ${causeOf(error)}`;
    }
    if (attempt === mostAttempts)
      throw new HeadwaterError('QUERY_UNAVAILABLE', {
        engine: 'trino',
        sql: shown,
        problem,
        attempts: attempt,
        ...(queryId === undefined ? {} : { queryId }),
      });
    await pause(pace, attempt, signal);
  }
}

/** The message `fetch failed` says nothing, so the message of its cause is shown. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || String(Reflect.get(cause, 'code')) : String(cause);
}

/** Rejects a secret over http, which is not encrypted, except to this machine. */
function assertSecret({ password, token }: TrinoEngineConfig, { protocol, hostname, origin }: URL): void {
  if (password === undefined && token === undefined) return;
  if (protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)) return;
  throw new HeadwaterError('OPTION_INVALID', {
    option: 'url',
    value: origin,
    expected: 'https, because a password or token goes with each request',
  });
}

function headersOf(config: TrinoEngineConfig): Record<string, string> {
  const { user = 'headwater', password, token, catalog, schema, session = {} } = config;
  const properties = Object.entries(session).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return {
    'X-Trino-User': user,
    'X-Trino-Source': 'headwater',
    'X-Trino-Catalog': catalog,
    'X-Trino-Schema': schema,
    'X-Trino-Time-Zone': 'UTC',
    // Without it, the server sends timestamps in the type of old clients, without their precision.
    'X-Trino-Client-Capabilities': 'PARAMETRIC_DATETIME',
    ...(properties.length > 0 ? { 'X-Trino-Session': properties.join(',') } : {}),
    ...(token !== undefined ? { Authorization: `Bearer ${token}` } : {}),
    ...(token === undefined && password !== undefined
      ? { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` }
      : {}),
  };
}
