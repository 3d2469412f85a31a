import { type ListedToken, type TokenList, tokenList, tokenType } from '@headwater/access';
import { HeadwaterError } from '@headwater/core';
import { z } from 'zod';

/** How much a tenant may ask. */
export interface TenantLimits {
  readonly requestsPerSecond: number;
  /** Requests that may come at once after a pause. */
  readonly burst: number;
  /** Bytes that its questions may read in an hour. Each is held before it runs, by its estimated upper bound. */
  readonly scanBytesPerHour: number;
  /** Questions that run at the same time. Defaults to half of the service's. */
  readonly running?: number | undefined;
  /** Questions that may wait. */
  readonly waiting: number;
}

declare const authenticated: unique symbol;

/** Whose rows a request sees. Only {@link Access} makes one, from a token. */
export interface Tenant {
  readonly id: string;
  readonly limits: TenantLimits;
  readonly [authenticated]: true;
}

/** A token, by its hash. */
export interface TokenRecord extends ListedToken {
  readonly tenant: string;
}

/** Who may ask, and how much. */
export interface Access {
  readonly tokens: TokenList<TokenRecord>;
  readonly tenants: ReadonlyMap<string, Tenant>;
}

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'expected small letters, digits and dashes');

const accessFile = z.strictObject({
  tenants: z.record(
    name,
    z.strictObject({
      requestsPerSecond: z.number().positive().max(10_000).default(20),
      burst: z.int().positive().max(100_000).default(60),
      scanBytesPerHour: z.number().positive().default(20e9),
      running: z.int().positive().max(1000).optional(),
      waiting: z.int().min(0).max(10_000).default(20),
    }),
  ),
  tokens: z.array(tokenType.extend({ name, tenant: name })),
});

/**
 * Reads the text of an access file.
 *
 * @throws HeadwaterError `CONFIG_INVALID`, which names what is wrong and has no hash
 */
export function parseAccess(text: string, file: string): Access {
  const fail = (problem: string): never => {
    throw new HeadwaterError('CONFIG_INVALID', { file, problem });
  };
  const read = accessFile.safeParse(jsonOf(text) ?? fail('it is not JSON'));
  if (!read.success)
    return fail(
      read.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`).join('; '),
    );
  const { tenants, tokens } = read.data;
  return {
    tokens: listOf(tokens, fail),
    tenants: new Map(
      Object.entries(tenants).map(([id, limits]) => [id, Object.freeze({ id, limits }) as Tenant]),
    ),
  };
}

function listOf(tokens: readonly TokenRecord[], fail: (problem: string) => never): TokenList<TokenRecord> {
  try {
    return tokenList(tokens);
  } catch (error) {
    return fail(`tokens: ${error instanceof Error ? error.message : error}`);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
