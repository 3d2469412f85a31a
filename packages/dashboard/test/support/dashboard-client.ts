import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import type { ApiError, TileAnswer, TileRequest } from '../../src/api/api.ts';

/** An answer of the server, as it came. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly bytes: Buffer;
  readonly text: string;
}

/** Sends one request as it is written, with any header: fetch would set some itself. */
export function send(
  url: string,
  options: { method?: string; headers?: Readonly<Record<string, string>>; body?: string } = {},
): Promise<Reply> {
  const { method = 'GET', headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          bytes,
          text: bytes.toString('utf8'),
        });
      });
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** A page, as the server sees one. */
export interface DashboardClient {
  ask(
    tile: string,
    state?: string,
    options?: Partial<TileRequest>,
  ): Promise<{ status: number; answer: TileAnswer & ApiError }>;
}

/** A page that asks a server. Each view has the number that is given, or that of the page. */
export function dashboardClient(url: string, page = randomUUID()): DashboardClient {
  return {
    async ask(tile, state = '', options = {}) {
      const body: TileRequest = { page, view: 1, tile, state, width: 616, ...options };
      const { status, text } = await send(`${url}api/answer`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status, answer: JSON.parse(text) };
    },
  };
}
