import { HeadwaterError } from '@headwater/core';
import { z } from 'zod';

/** How much a tenant may ask. */
export interface TenantLimits {
  readonly requestsPerSecond: number;
  /** Requests that may come at once after a pause. */
  readonly burst: number;
  /** Bytes that its questions may read in an hour, by their estimated upper bounds. */
  readonly scanBytesPerHour: number;
}

declare const authenticated: unique symbol;

/** Whose rows a request sees. Only {@link Access} makes one, from a token. */
export interface Tenant {
  readonly id: string;
  readonly limits: TenantLimits;
  readonly [authenticated]: true;
}

/** A token, by its hash. */
export interface TokenRecord {
  /** For logs and to revoke it; says nothing about the token. */
  readonly id: string;
  readonly tenant: string;
  readonly sha256: string;
  readonly expiresAt: Date;
}

/** Who may ask, and how much. */
export interface Access {
  readonly tokens: ReadonlyMap<string, TokenRecord>;
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
    }),
  ),
  tokens: z.array(
    z.strictObject({
      id: name,
      tenant: name,
      sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits'),
      expiresAt: z.iso.datetime(),
    }),
  ),
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
  const records = tokens.map((one) => ({ ...one, expiresAt: new Date(one.expiresAt) }));
  return {
    tokens: new Map(records.map((one) => [one.sha256, one])),
    tenants: new Map(
      Object.entries(tenants).map(([id, limits]) => [id, Object.freeze({ id, limits }) as Tenant]),
    ),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
