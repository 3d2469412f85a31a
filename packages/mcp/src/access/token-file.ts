import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { HeadwaterError, type TableSchema } from '@headwater/core';
import { permissionClasses } from '@headwater/core/internal';
import { z } from 'zod';
import { assertRowFilter } from './row-filter.ts';

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const tokenType = z.strictObject({
  name: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected the SHA-256 of the token, as 64 hexadecimal digits'),
  expires: z.iso.datetime({ offset: true }),
  // Without a word about rows a token would see all of them, so there is no default.
  where: z.union([z.literal('all'), z.record(z.string(), z.union([value, z.array(value).min(1)]))]),
  permissionClass: z.enum(['all', ...permissionClasses]).default('no_pii'),
});

const fileType = z.strictObject({ tokens: z.array(tokenType).min(1) });

/** Who a token stands for. */
export interface TokenHolder {
  readonly name: string;
  readonly sha256: string;
  /** Seconds since 1970. */
  readonly expires: number;
  readonly where: Readonly<Record<string, unknown>>;
  readonly permissionClass: z.output<typeof tokenType>['permissionClass'];
}

/** The tokens of a server. */
export interface TokenSource {
  /** The holder of a token; undefined for one that is unknown or has expired. */
  holderOf(token: string): Promise<TokenHolder | undefined>;
}

/** The digest by which a token is found. A token is random, so a plain hash of it gives nothing away. */
const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex');

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
  let readAs = '';
  let holders: ReadonlyMap<string, TokenHolder> = new Map();
  const refresh = async (): Promise<void> => {
    const { mtimeMs, size, ino } = await stat(file).catch((error: unknown) => fail(file, problemOf(error)));
    const state = `${mtimeMs} ${size} ${ino}`;
    if (state === readAs) return;
    holders = await readTokens(file, schema);
    readAs = state;
  };
  await refresh();
  return {
    async holderOf(token) {
      await refresh();
      // Found by its digest: the time of a look-up says nothing about a token that has to be guessed whole.
      const holder = holders.get(digestOf(token));
      return holder && holder.expires * 1000 > Date.now() ? holder : undefined;
    },
  };
}

async function readTokens(file: string, schema: TableSchema): Promise<ReadonlyMap<string, TokenHolder>> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => fail(file, problemOf(error)));
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    // The parser's message quotes the text.
    fail(file, 'is not JSON');
  }
  const read = fileType.safeParse(data);
  if (!read.success)
    return fail(
      file,
      read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
    );
  const holders = new Map<string, TokenHolder>();
  for (const [index, { expires, where, ...token }] of read.data.tokens.entries()) {
    const rows = where === 'all' ? {} : where;
    if (where !== 'all' && Object.keys(where).length === 0)
      fail(file, `tokens.${index}.where: is empty; write "all" for every row`);
    try {
      assertRowFilter(schema, rows);
    } catch (error) {
      fail(file, `tokens.${index}: ${problemOf(error)}`);
    }
    if (holders.has(token.sha256)) fail(file, `tokens.${index}: the token of ${token.name} is there twice`);
    holders.set(token.sha256, { ...token, where: rows, expires: Math.floor(Date.parse(expires) / 1000) });
  }
  return holders;
}

const problemOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function fail(file: string, problem: string): never {
  throw new HeadwaterError('TOKENS_INVALID', { file, problem });
}
