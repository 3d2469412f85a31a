import type { IncomingMessage } from 'node:http';
import { bearerToken, isSameSecret, newToken } from '@headwater/access/token';
import { HeadwaterError } from '@headwater/core';
import { RequestRefused } from './request-refused.ts';

/** Names of this machine that never leave it. */
const loopback: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1', '[::1]']);

/** Whether a host is this machine alone. */
export const isLoopback = (host: string): boolean => loopback.has(host);

/** Any address of the machine. */
const everywhere: ReadonlySet<string> = new Set(['0.0.0.0', '::', '[::]']);

/** Who may use a server. */
export interface AccessConfig {
  readonly host: string;
  /** A text of 32 characters or more; a server that others can reach has to have one. */
  readonly token?: string | undefined;
}

const leastTokenLength = 32;
const cookieName = 'headwater_dashboard';

/** Decides who is answered. */
export interface Access {
  /**
   * Refuses a request of another web page, by another name of the machine, or without the token.
   * @throws RequestRefused
   */
  check(request: IncomingMessage): void;
  /** The cookie for a link that has the token; undefined where the server needs none. */
  cookieFor(token: string | null): string | undefined;
}

/**
 * Who may use a server: requests that name the server as it is named, so that no other name can be made to point at it; that no other web
 * page makes; and, where there is a token, that have it, as a bearer token or in the cookie that a link with the token gave.
 *
 * @throws HeadwaterError `OPTION_INVALID` for a host that others reach without a token, and for a token that can be guessed
 */
export function createAccess({ host, token }: AccessConfig): Access {
  if (token === undefined && !isLoopback(host))
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'host',
      value: host,
      expected: 'a token as well, since other machines can reach it; or 127.0.0.1',
    });
  if (token !== undefined && token.length < leastTokenLength)
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'token',
      value: `a text of ${token.length} characters`,
      expected: `${leastTokenLength} characters or more, from a random source`,
    });
  // The cookie is of this process: it ends with it, and does not tell the token.
  const session = newToken();
  return {
    check(request) {
      checkName(request, host);
      checkOrigin(request);
      if (token === undefined) return;
      const bearer = bearerToken(request.headers.authorization);
      if (bearer !== undefined && isSameSecret(bearer, token)) return;
      const cookie = cookiesOf(request).get(cookieName);
      if (cookie !== undefined && isSameSecret(cookie, session)) return;
      throw new RequestRefused(
        401,
        'UNAUTHORIZED',
        'Open the link that the server printed: it has the token of this server.',
      );
    },
    cookieFor(given) {
      if (token === undefined || given === null || !isSameSecret(given, token)) return undefined;
      return `${cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict`;
    },
  };
}

/** Against a name of someone else that points at this machine, by which his page could read what is here. */
function checkName({ headers }: IncomingMessage, host: string): void {
  const name = /^(\[[^\]]*\]|[^:]*)(?::\d+)?$/.exec(headers.host ?? '')?.[1] ?? '';
  // Whoever listens everywhere has a token, which no other name can have a cookie of.
  if (everywhere.has(host) || name === host || (isLoopback(host) && isLoopback(name))) return;
  throw new RequestRefused(403, 'FORBIDDEN', `This server is not ${JSON.stringify(name)}.`);
}

function checkOrigin({ headers }: IncomingMessage): void {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  const isOwn = origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
  if (isOwn && (site === undefined || site === 'same-origin' || site === 'none')) return;
  // A link on another page may open this one; it may not read from it.
  if (isOwn && headers['sec-fetch-mode'] === 'navigate') return;
  throw new RequestRefused(403, 'FORBIDDEN', 'Another web page may not ask this server.');
}

const cookiesOf = ({ headers }: IncomingMessage): ReadonlyMap<string, string> =>
  new Map(
    (headers.cookie ?? '').split(/;\s*/).map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)] as const;
    }),
  );
