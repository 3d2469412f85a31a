import type { MiddlewareHandler } from 'hono';
import { Refusal } from '../refusal.ts';
import type { ServiceEnv } from '../service-env.ts';
import type { AccessSource } from './access-source.ts';
import { bearerToken, tokenHash } from './token.ts';

/**
 * Finds the tenant of a request from its bearer token (https://www.rfc-editor.org/rfc/rfc6750), and from nothing else. Whatever is not a
 * token of a known tenant that is still valid ends here.
 */
export function authenticate(access: AccessSource, now: () => number): MiddlewareHandler<ServiceEnv> {
  return async (context, next) => {
    const header = context.req.header('authorization');
    if (header === undefined)
      throw new Refusal(401, 'TOKEN_MISSING', 'Send the token as `Authorization: Bearer <token>`.');
    const token = bearerToken(header);
    const { tokens, tenants } = await access().catch((cause: unknown) => {
      throw new Refusal(503, 'ACCESS_UNREADABLE', 'Nobody can be let in at present. Try again later.', {
        cause,
      });
    });
    const record = token === undefined ? undefined : tokens.get(tokenHash(token));
    if (!record) throw new Refusal(401, 'TOKEN_INVALID', 'The token is not known.');
    context.set('tokenId', record.id);
    if (!(record.expiresAt.getTime() > now()))
      throw new Refusal(401, 'TOKEN_EXPIRED', 'The token has expired. Ask for a new one.');
    const tenant = tenants.get(record.tenant);
    if (!tenant) throw new Refusal(403, 'TENANT_UNKNOWN', 'The tenant of the token has no access.');
    context.set('tenant', tenant);
    await next();
  };
}
