import type { ApiError, BoardInfo, FilterValues, TileAnswer, TileRequest } from '../api/api.ts';

/** What the server said in place of an answer. */
export class AnswerError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** What the page of this address can ask for. */
export const fetchBoard = (query: string, signal?: AbortSignal): Promise<BoardInfo> =>
  read(fetch(`/api/state?${query.replace(/^\?/, '')}`, { ...(signal ? { signal } : {}) }));

/** One tile of a view. */
export const fetchTile = (request: TileRequest, signal: AbortSignal): Promise<TileAnswer> =>
  read(
    fetch('/api/answer', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal,
    }),
  );

/** Values of a column that hold a text, of the events of a view. */
export const fetchValues = (
  column: string,
  text: string,
  state: string,
  signal: AbortSignal,
): Promise<FilterValues> =>
  read(fetch(`/api/values?${new URLSearchParams({ of: column, holds: text })}&${state}`, { signal }));

async function read<Answer>(sent: Promise<Response>): Promise<Answer> {
  const response = await sent.catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new AnswerError('UNREACHABLE', 'The server cannot be reached. Start headwater dashboard again.');
  });
  const body = (await response.json()) as Answer | ApiError;
  if (!response.ok) {
    const { code, message } = (body as ApiError).error;
    throw new AnswerError(code, message);
  }
  return body as Answer;
}
