import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CallerBudgets, FairSlots, ScanBudget, type ScanBudgetOptions, type Share } from '@headwater/access';
import { HeadwaterError } from '@headwater/core';
import { toNodeHandler } from '@modelcontextprotocol/node';
import {
  type AuthInfo,
  createMcpHandler,
  hostHeaderValidationResponse,
  localhostAllowedHostnames,
  OAuthError,
  OAuthErrorCode,
  originValidationResponse,
  requireBearerAuth,
} from '@modelcontextprotocol/server';
import type { TokenHolder, TokenSource } from '../access/token-file.ts';
import { createMcpServer, type McpServing } from '../create-mcp-server.ts';
import type { RunningMcp } from './serve-stdio.ts';

/** A server over HTTP. Who may see what comes from the tokens. */
export interface McpHttpConfig extends McpServing {
  readonly tokens: TokenSource;
  /** The budget of each token. Defaults for `renewSeconds`: a day. */
  readonly budget: ScanBudgetOptions;
  /** Queries that run and that wait, of all tokens together. Defaults to 4 and 200. */
  readonly queries?: Share | undefined;
  /** The same for one token, so that none can starve the others. Defaults to 2 and 20. */
  readonly queriesOfToken?: Share | undefined;
  /** 0 for any free port. */
  readonly port: number;
  /** Defaults to 127.0.0.1. Another address also has to be named in `hostnames`. */
  readonly host?: string | undefined;
  /** Names by which clients reach the server, without a port. Defaults to those of this machine. */
  readonly hostnames?: readonly string[] | undefined;
}

/** A server over HTTP that runs. */
export interface RunningMcpHttp extends RunningMcp {
  /** `http://127.0.0.1:3741/mcp` */
  readonly url: string;
}

/** A day, after which the budget of a token is whole again. */
const renewSeconds = 86_400;
/** A question has a few hundred bytes. */
const mostRequestBytes = 256 * 1024;

/**
 * Serves clients over HTTP at `/mcp`. A request has to come to one of the server's own names, from no other web page, with a bearer token
 * that has not expired; anything else ends before a server is made. Each token has one budget, whatever the connections.
 *
 * @throws HeadwaterError `OPTION_INVALID` for a port that cannot be used; those of {@link createMcpServer}
 */
export async function serveMcpHttp(config: McpHttpConfig): Promise<RunningMcpHttp> {
  const { tokens, port, host = '127.0.0.1', onError } = config;
  const hostnames = [...(config.hostnames ?? localhostAllowedHostnames())];
  const sizes = { renewSeconds, ...config.budget };
  const budgets = new CallerBudgets();
  const { queries = { running: 4, waiting: 200 }, queriesOfToken: share = { running: 2, waiting: 20 } } =
    config;
  const slots = new FairSlots({ ...queries, engine: 'mcp', waitSeconds: config.timeoutSeconds ?? 60 });
  // Made once before, so that a wrong configuration is found before the first request.
  createMcpServer({ ...config, budget: new ScanBudget(sizes) });
  const report = (error: unknown): void => onError?.(error, 'transport', 'http');
  const handler = createMcpHandler(
    ({ authInfo, requestInfo }) => {
      const holder = holderIn(authInfo);
      return createMcpServer({
        ...config,
        where: holder.where,
        permissionClass: holder.permissionClass,
        caller: holder.name,
        budget: budgets.of(holder.sha256, sizes),
        takeTurn: (signal) => slots.take(holder.sha256, share, signal),
        showsServerErrors: false,
        // Clients of 2025 cannot cancel a call by a message here, because each message has a server of its own.
        signal: requestInfo?.signal,
      });
    },
    { onerror: report, maxRequestBodySize: mostRequestBytes },
  );
  const authenticate = requireBearerAuth({
    verifier: { verifyAccessToken: (token) => verify(tokens, token) },
  });
  const fetch = async (request: Request): Promise<Response> => {
    const refused =
      hostHeaderValidationResponse(request, hostnames) ?? originValidationResponse(request, hostnames);
    if (refused) return refused;
    if (new URL(request.url).pathname !== '/mcp') return new Response('Not found\n', { status: 404 });
    const auth = await authenticate(request);
    return auth instanceof Response ? auth : handler.fetch(request, { authInfo: auth });
  };
  const listener = toNodeHandler({ fetch }, { onerror: report });
  const server = createServer((request, response) => {
    // Node's types write what may be undefined in another way.
    void listener(request as Parameters<typeof listener>[0], response);
  });
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const { port: bound } = await listen(server, port, host);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}/mcp`,
    ended,
    async close() {
      await handler.close();
      server.close(() => resolve());
      server.closeAllConnections();
      await ended;
    },
  };
}

/** The holder of a token, as the SDK carries it to the server of a request. */
async function verify(tokens: TokenSource, token: string): Promise<AuthInfo> {
  const holder = await tokens.holderOf(token).catch(() => {
    throw new OAuthError(OAuthErrorCode.ServerError, 'The tokens of this server cannot be read');
  });
  if (!holder) throw new OAuthError(OAuthErrorCode.InvalidToken, 'The token is unknown or has expired');
  return {
    token,
    clientId: holder.name,
    scopes: [],
    expiresAt: Date.parse(holder.expires) / 1000,
    extra: { holder },
  };
}

function holderIn(auth: AuthInfo | undefined): TokenHolder {
  const holder = auth?.extra?.['holder'];
  if (!holder) throw new Error('A request without a token reached a server');
  return holder as TokenHolder;
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
