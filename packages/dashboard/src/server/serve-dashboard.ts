import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HeadwaterError, type TableSchema } from '@headwater/core';
import type { Lake } from '@headwater/queries';
import type { FilterValues } from '../api/api.ts';
import { AnswerStore } from '../ask/answer-store.ts';
import type { Asked } from '../ask/asker.ts';
import type { DayRange } from '../chart/chart-answer.ts';
import { rangeWords } from '../chart/period-words.ts';
import type { LiveFeed } from '../live/live-feed.ts';
import type { LiveHub } from '../live/live-hub.ts';
import { type Access, createAccess, isLoopback } from './access.ts';
import { answerTile } from './answer-tile.ts';
import { boardInfo, stateRules } from './board.ts';
import { createLiveHub } from './create-live-hub.ts';
import { findFilterValues } from './filter-values.ts';
import { type OpenView, openView, type ViewSource } from './open-view.ts';
import { type PageFile, pageFiles } from './page-files.ts';
import { readTile, readTileRequest } from './read-request.ts';
import { stateFromQuery } from './read-view-state.ts';
import { RequestRefused, refusalOf } from './request-refused.ts';
import { type FileFormat, fileFormats } from './table-file.ts';
import { tileTable } from './tile-table.ts';
import { ViewQueue } from './view-queue.ts';
import { warmBoard } from './warm-board.ts';

/** What a server shows, and to whom. */
export interface DashboardConfig {
  readonly lake: Lake;
  /** The table that is asked, which is one of the lake's. */
  readonly schema: TableSchema;
  /** The first and the last day of the lake, asked with each view: a lake grows. */
  readonly days: () => Promise<DayRange>;
  /** Where the figures come from, in words: `DuckDB on this computer`. */
  readonly source: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Defaults to 127.0.0.1. Another one needs a token. */
  readonly host?: string | undefined;
  /** 32 characters or more, which every request has to have. */
  readonly token?: string | undefined;
  /** The figures of a stream that runs. */
  readonly live?: LiveFeed | undefined;
  /**
   * Whether the usual view is answered when the server starts, until a page asks for another one. Defaults to false: an engine may charge for what it
   * reads.
   */
  readonly warms?: boolean | undefined;
  /** Seconds between two questions to the lake for what the stream counted. Defaults to 10; more where questions cost money. */
  readonly compareSeconds?: number | undefined;
  /** Called with each failure that is not the request's fault. */
  readonly onError?: ((error: unknown, path: string) => void) | undefined;
}

/** A server that runs. */
export interface RunningDashboard {
  /** Where the page is: `http://127.0.0.1:3742/`. The token is no part of it. */
  readonly url: string;
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;
  /** Stops what is asked, in the engine, and ends every connection. */
  close(): Promise<void>;
}

/** Nothing runs or is loaded but the page's own files; nothing is compiled from text. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const everyAnswer = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/**
 * Serves the dashboard of a table: a page, and the figures that it asks for. What comes from the page is names of tiles that the board has, days,
 * and values of declared columns; never a statement, and never a path.
 *
 * @throws HeadwaterError `OPTION_INVALID` for a port that cannot be used, and for a host that others reach without a token
 */
export async function serveDashboard(config: DashboardConfig): Promise<RunningDashboard> {
  const { host = '127.0.0.1', port, token } = config;
  const days = heldFor(daysHeldMilliseconds, config.days);
  const access = createAccess({ host, token });
  const files = await pageFiles();
  const views = new ViewQueue<OpenView>();
  const source: ViewSource = {
    lake: config.lake,
    schema: config.schema,
    answers: new AnswerStore<Asked>(),
  };
  const warming = new AbortController();
  const hub = config.live && createLiveHub({ ...config, live: config.live });
  const stop = new AbortController();
  const server = createServer((request, response) => {
    void answer(
      {
        config: { ...config, days },
        access,
        files,
        views,
        source,
        warming,
        hub,
        stopped: stop.signal,
        isLocal: isLoopback(host),
      },
      request,
      response,
    );
  });
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const { port: bound } = await listen(server, port, host);
  if (config.warms)
    void days().then(
      (known) => warmBoard(source, known, warming.signal),
      () => {},
    );
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}/`,
    ended,
    async close() {
      stop.abort();
      warming.abort();
      views.close();
      hub?.close();
      server.close(() => resolve());
      // Those that wait for a view get their answer, which is that it was stopped.
      setTimeout(() => server.closeAllConnections(), 500).unref();
      server.closeIdleConnections();
      await ended;
    },
  };
}

/** The tiles of a view ask for the days of the lake together. */
const daysHeldMilliseconds = 2000;

/** Asks once in so many milliseconds. A failure is not held. */
function heldFor<Value>(milliseconds: number, ask: () => Promise<Value>): () => Promise<Value> {
  let held: { readonly value: Promise<Value>; readonly until: number } | undefined;
  return () => {
    if (held && performance.now() < held.until) return held.value;
    const value = ask();
    held = { value, until: performance.now() + milliseconds };
    value.catch(() => {
      held = undefined;
    });
    return value;
  };
}

/** What an answer is made from. */
interface Serving {
  readonly config: DashboardConfig;
  readonly access: Access;
  readonly files: ReadonlyMap<string, PageFile>;
  readonly views: ViewQueue<OpenView>;
  readonly source: ViewSource;
  /** Stops what nobody has asked for. */
  readonly warming: AbortController;
  /** The figures of a stream. */
  readonly hub: LiveHub | undefined;
  readonly stopped: AbortSignal;
  readonly isLocal: boolean;
}

async function answer(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(everyAnswer)) response.setHeader(name, value);
  try {
    await route(serving, urlOf(request), request, response);
  } catch (error) {
    const { status, body, isFault } = refusalOf(error, serving.isLocal);
    if (isFault) serving.config.onError?.(error, urlOf(request).pathname);
    if (response.headersSent) response.destroy();
    else sendJson(response, body, status);
  }
}

/** @throws RequestRefused for what HTTP lets pass and no URL is, such as `//`: any page can ask for it, before it is known who asks */
function urlOf({ url = '/' }: IncomingMessage): URL {
  const read = URL.parse(url, 'http://server');
  if (!read) throw new RequestRefused(400, 'REQUEST_INVALID', 'The address is no URL.');
  return read;
}

async function route(
  serving: Serving,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { config, access, files } = serving;
  const { method = 'GET' } = request;
  // What had connected before, and asks only now.
  if (serving.stopped.aborted) throw new RequestRefused(503, 'STOPPING', 'The server stops.');
  const file = files.get(url.pathname);
  const cookie = file && method === 'GET' ? access.cookieFor(url.searchParams.get('token')) : undefined;
  if (cookie !== undefined) {
    // The token leaves the address, so that it is in no history and in no link that is passed on.
    url.searchParams.delete('token');
    response.writeHead(303, {
      location: `${url.pathname}${url.search}`,
      'set-cookie': cookie,
      'cache-control': 'no-store',
    });
    response.end();
    return;
  }
  access.check(request);
  const [, format] = /^\/api\/download\/(\w+)$/.exec(url.pathname) ?? [];
  if (file) {
    assertMethod(request, 'GET', 'HEAD');
    sendFile(request, response, file);
  } else if (url.pathname === '/api/state') {
    assertMethod(request, 'GET');
    const { schema, source, live } = config;
    const days = await config.days();
    const view = stateFromQuery(url.search, stateRules(schema, days));
    sendJson(response, boardInfo(schema, days, { source, isLive: live !== undefined, view }));
  } else if (url.pathname === '/api/answer') {
    assertMethod(request, 'POST');
    sendJson(response, await answerRequest(serving, request, response));
  } else if (url.pathname === '/api/values') {
    assertMethod(request, 'GET');
    sendJson(response, await answerValues(serving, url, response));
  } else if (format !== undefined && Object.hasOwn(fileFormats, format)) {
    assertMethod(request, 'GET');
    await sendTable(serving, url, format as FileFormat, response);
  } else if (url.pathname === '/api/live' && serving.hub) {
    assertMethod(request, 'GET');
    if (serving.hub.isFull)
      throw new RequestRefused(503, 'LIVE_FULL', 'Too many pages follow the stream. Close some.');
    const lastId = request.headers['last-event-id'];
    serving.hub.add(response, typeof lastId === 'string' ? lastId : undefined);
  } else throw new RequestRefused(404, 'NOT_FOUND', `Nothing is at ${url.pathname}.`);
}

async function answerRequest(
  { config, views, source, warming }: Serving,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const { page, view: number, tile, state: query, width, isJudged } = await readTileRequest(request);
  const days = await config.days();
  const state = stateFromQuery(query, stateRules(config.schema, days));
  // The figure of the main chart is no part of what a view is of: another one asks one more tile.
  const { tile: course, ...of } = state;
  const { tile: _, ...usual } = stateRules(config.schema, days).fallback;
  // A page that shows something else gets the whole engine.
  if (JSON.stringify(of) !== JSON.stringify(usual)) warming.abort();
  const { view, signal, leave } = views.view(page, number, JSON.stringify(of), async (stop) =>
    openView(source, state, days, stop),
  );
  response.once('close', () => leave(!response.writableFinished));
  const opened = await view;
  try {
    return await answerTile({ ...opened, state: { ...opened.state, tile: course } }, tile, {
      width,
      isJudged: isJudged === true,
    });
  } catch (error) {
    // An engine that was stopped may say so in its own words.
    signal.throwIfAborted();
    throw error;
  }
}

/** Values that a view can be filtered by. Who types on, or leaves, stops the query. */
async function answerValues(
  { config }: Serving,
  { search, searchParams }: URL,
  response: ServerResponse,
): Promise<FilterValues> {
  const stop = new AbortController();
  response.once('close', () => stop.abort());
  const rules = stateRules(config.schema, await config.days());
  const asked = { column: searchParams.get('of'), text: searchParams.get('holds') ?? '' };
  return findFilterValues(config, stateFromQuery(search, rules), asked, rules.columns, stop.signal);
}

/** A table of the view that a link shows, as a file. */
async function sendTable(
  { config, source }: Serving,
  url: URL,
  format: FileFormat,
  response: ServerResponse,
): Promise<void> {
  const id = readTile(url.searchParams.get('of'));
  const days = await config.days();
  const state = stateFromQuery(url.search, stateRules(config.schema, days));
  const stop = new AbortController();
  response.once('close', () => stop.abort());
  const table = await tileTable(openView(source, state, days, stop.signal), id);
  if (!table) throw new RequestRefused(404, 'NOT_FOUND', `The table lacks what ${id} needs.`);
  const { contentType, write } = fileFormats[format];
  const words = rangeWords(state.range).replaceAll(/[^\w]+/g, '-');
  response.writeHead(200, {
    'content-type': contentType,
    'content-disposition': `attachment; filename="${id}-${words}.${format}"`,
    'cache-control': 'no-store',
  });
  response.end(write(table));
}

function assertMethod({ method = 'GET' }: IncomingMessage, ...allowed: readonly string[]): void {
  if (!allowed.includes(method))
    throw new RequestRefused(405, 'REQUEST_INVALID', `${method}: expected ${allowed.join(' or ')}`);
}

function sendFile(
  { headers, method }: IncomingMessage,
  response: ServerResponse,
  { contentType, content, etag }: PageFile,
): void {
  // A browser asks each time, and gets the file only when it is another one.
  const head = { 'cache-control': 'no-cache', etag };
  if (headers['if-none-match'] === etag) response.writeHead(304, head).end();
  else
    response.writeHead(200, { ...head, 'content-type': contentType }).end(method === 'HEAD' ? '' : content);
}

function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify(body));
}

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ message }) =>
      reject(
        new HeadwaterError('OPTION_INVALID', {
          option: 'port',
          value: String(port),
          expected: `a free port of ${host} (${message})`,
        }),
      ),
    );
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });
}
