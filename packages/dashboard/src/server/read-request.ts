import type { IncomingMessage } from 'node:http';
import type { TileRequest } from '../api/api.ts';
import { tileIds } from './answer-tile.ts';
import { RequestRefused } from './request-refused.ts';

/** A request is a few hundred bytes, and a link with many filters some thousand. */
const mostBytes = 32 * 1024;

const invalid = (problem: string): never => {
  throw new RequestRefused(400, 'REQUEST_INVALID', problem);
};

/** The id of a tile of a board. */
export const readTile = (tile: unknown): string =>
  typeof tile === 'string' && tileIds.has(tile)
    ? tile
    : invalid(`tile: expected one of ${[...tileIds].join(', ')}`);

/**
 * Reads the request for a tile. Nothing of it reaches a statement but values of columns that the definition declares.
 *
 * @throws RequestRefused
 */
export async function readTileRequest(request: IncomingMessage): Promise<TileRequest> {
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? ''))
    throw new RequestRefused(415, 'REQUEST_INVALID', 'content-type: expected application/json');
  let given: unknown;
  try {
    given = JSON.parse(await readText(request));
  } catch (error) {
    if (error instanceof RequestRefused) throw error;
    invalid('The body is no JSON.');
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return invalid('The body is no object.');
  const { page, view, tile, state, width, isJudged = false } = given as Readonly<Record<string, unknown>>;
  return {
    page:
      typeof page === 'string' && /^[\w-]{8,64}$/.test(page)
        ? page
        : invalid('page: expected 8 to 64 letters and digits'),
    view:
      typeof view === 'number' && Number.isSafeInteger(view) && view >= 0
        ? view
        : invalid('view: expected a whole number from 0'),
    tile: readTile(tile),
    state: typeof state === 'string' ? state : invalid('state: expected the query string of a link'),
    width:
      typeof width === 'number' && width >= 200 && width <= 2000
        ? Math.round(width)
        : invalid('width: expected a number from 200 to 2000'),
    isJudged: typeof isJudged === 'boolean' ? isJudged : invalid('isJudged: expected true or false'),
  };
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > mostBytes)
      throw new RequestRefused(413, 'REQUEST_INVALID', `The body is larger than ${mostBytes} bytes.`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
