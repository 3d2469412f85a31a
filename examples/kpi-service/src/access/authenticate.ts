import { bearerToken } from '@headwater/access';
import type { MiddlewareHandler } from 'hono';
import { Refusal } from '../refusal.ts';
import type { ServiceEnv } from '../service-env.ts';
import type { AccessSource } from './access-source.ts';

/** Parameters in which clients of other services send a token (https://www.rfc-editor.org/rfc/rfc6750#section-2.3). */
const misplaced = ['access_token', 'token', 'api_key', 'authorization'];

/**
 * Finds the tenant of a request from its bearer token (https://www.rfc-editor.org/rfc/rfc6750), and from nothing else. Whatever is not a
 * token of a known tenant that is still valid ends here.
 */
export function authenticate(access: AccessSource, now: () => number): MiddlewareHandler<ServiceEnv> {
  return async (context, next) => {
    const field = Object.keys(context.req.queries()).find((name) => misplaced.includes(name.toLowerCase()));
    if (field !== undefined)
      throw new Refusal(
        400,
        'TOKEN_MISPLACED',
        'Send the token as `Authorization: Bearer <token>`. Addresses are in logs and histories: revoke a token that was in one.',
        { field },
      );
    const header = context.req.header('authorization');
    if (header === undefined)
      throw new Refusal(401, 'TOKEN_MISSING', 'Send the token as `Authorization: Bearer <token>`.');
    const { tokens, tenants } = await access().catch((cause: unknown) => {
      throw new Refusal(503, 'ACCESS_UNREADABLE', 'Nobody can be let in at present. Try again later.', {
        cause,
      });
    });
    const found = tokens.find(bearerToken(header), now());
    if (found.status === 'unknown') throw new Refusal(401, 'TOKEN_INVALID', 'The token is not known.');
    context.set('tokenName', found.token.name);
    if (found.status === 'expired')
      throw new Refusal(401, 'TOKEN_EXPIRED', 'The token has expired. Ask for a new one.');
    const tenant = tenants.get(found.token.tenant);
    if (!tenant) throw new Refusal(403, 'TENANT_UNKNOWN', 'The tenant of the token has no access.');
    context.set('tenant', tenant);
    await next();
  };
}
