import { createHash, randomBytes } from 'node:crypto';

const prefix = 'kpi_';
const form = /^kpi_[A-Za-z0-9_-]{43}$/;

/** A new token: 256 random bits. Its text is shown once; what is stored is its hash. */
export const newToken = (): string => `${prefix}${randomBytes(32).toString('base64url')}`;

/**
 * The hash by which a token is found. SHA-256 is enough for a random text of 256 bits: there is nothing to guess, so a slow hash
 * would only cost time. A look-up by the hash gives no timing that helps, because a caller cannot choose the hash of a token.
 */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** The token of an `Authorization` header; undefined for a header of another form. */
export function bearerToken(header: string): string | undefined {
  const [, token] = /^Bearer +(\S+)$/i.exec(header) ?? [];
  return token !== undefined && form.test(token) ? token : undefined;
}
