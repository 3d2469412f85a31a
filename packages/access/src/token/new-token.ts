import { randomBytes } from 'node:crypto';

/**
 * A new token: 256 random bits. Show it once, and store its digest.
 *
 * @param prefix says what the token is for, so that scanners of leaked secrets find it
 * @example newToken('kpi_') // 'kpi_' and 43 letters, digits, dashes and underscores
 */
export const newToken = (prefix = ''): string => `${prefix}${randomBytes(32).toString('base64url')}`;
