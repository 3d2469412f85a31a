import { assertRowFilter, type TokenList, tokenList, tokenType, watchedFile } from '@headwater/access';
import { HeadwaterError, type TableSchema } from '@headwater/core';
import { permissionClasses } from '@headwater/core/internal';
import { z } from 'zod';

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const holderType = tokenType.extend({
  // Without a word about rows a token would see all of them, so there is no default.
  where: z.union([z.literal('all'), z.record(z.string(), z.union([value, z.array(value).min(1)]))]),
  permissionClass: z.enum(['all', ...permissionClasses]).default('no_pii'),
});

const fileType = z.strictObject({ tokens: z.array(holderType).min(1) });

/** Who a token stands for. */
export interface TokenHolder {
  readonly name: string;
  readonly sha256: string;
  /** An instant, ISO 8601. */
  readonly expires: string;
  readonly where: Readonly<Record<string, unknown>>;
  readonly permissionClass: z.output<typeof holderType>['permissionClass'];
}

/** The tokens of a server. */
export interface TokenSource {
  /** The holder of a token; undefined for one that is unknown or has expired. */
  holderOf(token: string): Promise<TokenHolder | undefined>;
}

/**
 * The tokens of a file, which holds their digests only. The file is read again when it changes, so that a token is revoked by
 * removing it. A file that cannot be read any more, or is broken, lets nobody in.
 *
 * @param schema the table whose columns limit rows
 * @throws HeadwaterError `TOKENS_INVALID` now; later calls of `holderOf` reject with it
 * @example
 * ```json
 * { "tokens": [{ "name": "acme", "sha256": "9f86d0…", "expires": "2027-01-01T00:00:00Z", "where": { "shop": "acme" } }] }
 * ```
 */
export async function tokenFile(file: string, schema: TableSchema): Promise<TokenSource> {
  const read = watchedFile(file, (text) => readTokens(text, file, schema));
  const tokens = () => read().catch((error: unknown) => fail(file, error));
  await tokens();
  return {
    async holderOf(token) {
      const found = (await tokens()).find(token);
      return found.status === 'valid' ? found.token : undefined;
    },
  };
}

function readTokens(text: string, file: string, schema: TableSchema): TokenList<TokenHolder> {
  const read = fileType.safeParse(jsonOf(text) ?? fail(file, 'is not JSON'));
  if (!read.success)
    return fail(
      file,
      read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
    );
  const holders = read.data.tokens.map(({ where, ...token }, index): TokenHolder => {
    const rows = where === 'all' ? {} : where;
    if (where !== 'all' && Object.keys(where).length === 0)
      fail(file, `tokens.${index}.where: is empty; write "all" for every row`);
    try {
      assertRowFilter(schema, rows);
    } catch (error) {
      fail(file, `tokens.${index}: ${problemOf(error)}`);
    }
    return { ...token, where: rows };
  });
  return tokenList(holders);
}

/** The parser's own message would quote the text. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const problemOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function fail(file: string, problem: unknown): never {
  if (problem instanceof HeadwaterError) throw problem;
  throw new HeadwaterError('TOKENS_INVALID', { file, problem: problemOf(problem) });
}
