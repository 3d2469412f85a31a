import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * The digest by which a token is stored and found: SHA-256, as 64 hexadecimal digits. A token is random text of 256 bits, so there is nothing
 * to guess, and a slow hash would only cost time. The digest tells nothing about the token, and a caller who sends the digest is refused.
 *
 * @example tokenDigest('kpi_…') // '9f86d081…'
 */
export const tokenDigest = (token: string): string => digest(token).toString('hex');

/** Whether two secrets are the same. Takes as long for a wrong text as for the right one, whatever their lengths. */
export const isSameSecret = (one: string, other: string): boolean =>
  timingSafeEqual(digest(one), digest(other));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
