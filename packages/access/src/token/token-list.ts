import { z } from 'zod';
import { tokenDigest } from './token-digest.ts';

/** What every token in a file has; a service adds what its own tokens say. */
export const tokenType: z.ZodObject<{
  name: z.ZodString;
  sha256: z.ZodString;
  expires: z.ZodISODateTime;
}> = z.strictObject({
  /** For logs, and to find the entry that revokes a token; says nothing about the token. */
  name: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected the SHA-256 of the token, as 64 hexadecimal digits'),
  // Without a default: a token that never expires is a token that nobody remembers.
  expires: z.iso.datetime({ offset: true }),
});

/** A token as a list has it. */
export interface ListedToken {
  readonly name: string;
  readonly sha256: string;
  /** An instant, ISO 8601. */
  readonly expires: string;
}

/** What a list says about a token. */
export type FoundToken<Token> =
  | { readonly status: 'valid' | 'expired'; readonly token: Token }
  | { readonly status: 'unknown' };

/** Tokens by their digests. */
export interface TokenList<Token> {
  /**
   * Finds a token by its digest. The time of the look-up says nothing that helps: a caller who knows a digest does not know its token.
   *
   * @param now milliseconds since 1970
   */
  find(token: string | undefined, now?: number): FoundToken<Token>;
}

/**
 * A list of tokens.
 *
 * @throws RangeError for a digest that is there twice: which entry counts would depend on their order
 */
export function tokenList<Token extends ListedToken>(tokens: readonly Token[]): TokenList<Token> {
  const known = new Map(
    tokens.map((token) => [token.sha256, { token, expires: Date.parse(token.expires) }] as const),
  );
  const twice = tokens.find((token) => known.get(token.sha256)?.token !== token);
  if (twice) throw new RangeError(`the token of ${twice.name} is there twice`);
  return {
    find(token, now = Date.now()) {
      const found = token === undefined ? undefined : known.get(tokenDigest(token));
      if (!found) return { status: 'unknown' };
      // An expiry that is no instant has passed.
      return { status: found.expires > now ? 'valid' : 'expired', token: found.token };
    },
  };
}
