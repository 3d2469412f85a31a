import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningMcpHttp, serveMcpHttp, tokenFile } from '@headwater/mcp';
import { closeLake, namedMetricQuery, tableOf } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, failure } from './support/call.ts';
import { type MarketLake, market, marketLake, openMarket, shops } from './support/market.ts';
import { watchedEngine } from './support/watched-engine.ts';

const range = { from: '2024-03-03', to: '2024-03-05' };
const sha256 = (token: string) => createHash('sha256').update(token).digest('hex');
/** Letters, digits and dashes, as a bearer token has. */
const tokenOf = (shop: string) => `token-of-${shop.replaceAll(/[^a-z]/g, '-')}`;
const later = '2100-01-01T00:00:00Z';

let made: MarketLake;
let folder: string;
let lake: ReturnType<typeof openMarket>;
let server: RunningMcpHttp;
const failures: [code: unknown, caller: string][] = [];

/** A token for each shop, and one for all of them. */
const holders = [
  ...shops.map((shop) => ({
    name: shop,
    sha256: sha256(tokenOf(shop)),
    expires: later,
    where: { shop },
  })),
  { name: 'owner', sha256: sha256('token-of-all'), expires: later, where: 'all' },
  { name: 'gone', sha256: sha256('token-of-yesterday'), expires: '2024-01-01T00:00:00Z', where: 'all' },
];
const writeTokens = (tokens: readonly object[]) =>
  writeFile(join(folder, 'tokens.json'), JSON.stringify({ tokens }));

beforeAll(async () => {
  made = await marketLake();
  await made.load(['2024-03-03', '2024-03-04', '2024-03-05'], 40);
  folder = await mkdtemp(join(tmpdir(), 'headwater-tokens-'));
  lake = openMarket(duckdbEngine({ lake: made.folder, threads: 2 }));
  await writeTokens(holders);
  server = await serveMcpHttp({
    lake,
    table: 'market',
    tokens: await tokenFile(join(folder, 'tokens.json'), market.schema),
    budget: { perCall: '10 MB', perSession: '100 MB' },
    port: 0,
    onError: (error, _tool, caller) => failures.push([Object(error).code, caller]),
  });
});
afterAll(async () => {
  await server.close();
  await closeLake(lake);
  await made.remove();
  await rm(folder, { recursive: true });
});

async function clientWith(
  token: string,
  url = server.url,
  mode: 'legacy' | 'auto' = 'legacy',
): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(url), {
      requestInit: { headers: { authorization: `Bearer ${token}` } },
    }),
  );
  return client;
}

const rowsOf = async (client: Client, given: object) =>
  (await ask(client, 'query_metric', { ...given }))['rows'] as readonly Readonly<Record<string, unknown>>[];

describe('a request', () => {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
  const post = (headers: Readonly<Record<string, string>>, to = server.url) =>
    fetch(to, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...headers,
      },
      body,
    });
  const authorization = 'Bearer token-of-all';

  it.each([
    ['no token', {}],
    ['an unknown token', { authorization: 'Bearer token-of-nobody' }],
    ['an expired token', { authorization: 'Bearer token-of-yesterday' }],
    ['another scheme', { authorization: 'Basic dG9rZW4gb2YgYWxs' }],
    ['the digest in place of the token', { authorization: `Bearer ${sha256('token-of-all')}` }],
  ])('with %s is refused, and told how', async (_, headers) => {
    const { status, headers: answered } = await post(headers);
    expect(status).toBe(401);
    expect(answered.get('www-authenticate')).toContain('Bearer');
  });

  it.each(['https://evil.example', 'http://127.0.0.1.evil.example', 'null'])(
    'of another page is refused: %s',
    async (origin) => {
      expect((await post({ authorization, origin })).status).toBe(403);
    },
  );

  it('to another name of this address is refused', async () => {
    const { port } = new URL(server.url);
    // As a page does whose name was made to lead here.
    const answered = await new Promise<number>((resolve, reject) => {
      import('node:http').then(({ request }) => {
        const sent = request(
          {
            host: '127.0.0.1',
            port,
            path: '/mcp',
            method: 'POST',
            headers: { host: 'evil.example', authorization },
          },
          ({ statusCode = 0 }) => resolve(statusCode),
        );
        sent.on('error', reject).end(body);
      }, reject);
    });
    expect(answered).toBe(403);
  });

  it('to another path, or too large, is refused; a good one is answered', async () => {
    expect((await post({ authorization }, server.url.replace('/mcp', '/'))).status).toBe(404);
    const large = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ pad: 'x'.repeat(300_000) }),
    });
    expect(large.status).toBe(413);
    expect((await post({ authorization })).status).toBe(200);
  });
});

describe('a tenant', () => {
  it('sees what its own rows answer, for every metric', async () => {
    const all = await clientWith('token-of-all');
    for (const shop of shops) {
      const client = await clientWith(tokenOf(shop));
      for (const metric of ['daily-visitors', 'revenue', 'top-products', 'cart-abandonment', 'retention']) {
        const own = await rowsOf(client, { metric, parameters: range });
        const asked = { ...range, where: { shop } };
        expect(own, metric).toEqual(await namedMetricQuery(tableOf(lake, 'market'), metric, asked).rows());
        expect(own, metric).not.toEqual(await rowsOf(all, { metric, parameters: range }));
      }
      await client.close();
    }
    await all.close();
  });

  it('never sees a value of another one, whatever it asks', async () => {
    const client = await clientWith('token-of-acme');
    const column = fc.constantFrom(
      'shop',
      'brand',
      'event_type',
      'session',
      'product_id',
      'user_id',
      'SHOP',
      'shop ',
      'dt',
    );
    const value = fc.constantFrom<unknown>(
      ...[
        'zeta',
        "o'brien",
        'acme',
        null,
        "' or '1'='1",
        ['acme', 'zeta'],
        [null],
        'zeta brand 1',
        'view',
        '200',
        {},
        [],
      ],
    );
    const question = fc.record({
      metric: fc.constantFrom('revenue', 'top-products', 'top-brands', 'daily-visitors', 'frequent-visitors'),
      by: fc.constantFrom('none', 'brand', 'shop', 'session', 'product', 'user_id', 'weekday'),
      where: fc.dictionary(column, value, { maxKeys: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(question, async ({ metric, by, where }) => {
        const { content, isError } = await client.callTool({
          name: 'query_metric',
          arguments: { metric, parameters: { ...range, ...(by === 'none' ? {} : { by }) }, where },
        });
        if (isError) return;
        const [text] = content;
        const { rows, masked } = JSON.parse(text?.type === 'text' ? text.text : '') as Record<
          string,
          object[]
        >;
        expect(JSON.stringify(rows)).not.toMatch(/zeta|o'brien|"product":"[12]\d\d"/);
        // Personal data is in no row in the clear.
        expect(JSON.stringify(rows)).not.toMatch(/90071992547|@\d\.example/);
        expect(masked).toEqual(metric === 'frequent-visitors' ? ['visitor'] : []);
        expect(Object.keys(where)).not.toContain('shop');
      }),
      { numRuns: 60 },
    );
    await client.close();
  });

  it.each([
    ['a filter of the tenant', { where: { shop: 'zeta' } }, 'FILTER_NOT_ALLOWED'],
    ['a filter of its own value', { where: { shop: 'acme' } }, 'FILTER_NOT_ALLOWED'],
    [
      'a filter among the parameters',
      { parameters: { ...range, where: { shop: 'zeta' } } },
      'METRIC_PARAMETERS_INVALID',
    ],
    ['a tenant of its own', { tenant: 'zeta' }, 'METRIC_PARAMETERS_INVALID'],
    ['a class of readers', { permissionClass: 'all' }, 'METRIC_PARAMETERS_INVALID'],
  ])('cannot be overridden by %s', async (_, given, code) => {
    const client = await clientWith('token-of-acme');
    const told = await failure(client, 'query_metric', { metric: 'revenue', parameters: range, ...given });
    expect(told.code).toBe(code);
    expect(failures.at(-1)).toEqual([code, 'acme']);
    await client.close();
  });

  it('has no value of another one in what describes the tools', async () => {
    const client = await clientWith('token-of-acme');
    const told = JSON.stringify([
      await client.listTools(),
      await ask(client, 'describe_metric', { metric: 'revenue' }),
      await ask(client, 'status'),
      await ask(client, 'list_metrics'),
    ]);
    expect(told).not.toMatch(/zeta|o'brien/);
    expect(told).not.toContain(made.folder);
    const { where } = await ask(client, 'describe_metric', { metric: 'revenue' });
    expect(Object.keys((where as { properties: object }).properties)).not.toContain('shop');
    await client.close();
  });
});

describe('a client that does not wait', () => {
  it.each([
    // By the revision of 2026 a call is cancelled by ending its request.
    ['cancelling the call', 'auto', (_: Client, stop: AbortController) => stop.abort(new Error('gone'))],
    ['closing the connection', 'legacy', (client: Client) => client.close()],
  ] as const)('stops its query in the engine by %s', async (_, mode, leave) => {
    const watched = watchedEngine(duckdbEngine({ lake: made.folder, threads: 2 }));
    const own = openMarket(watched.engine);
    const other = await serveMcpHttp({
      lake: own,
      table: 'market',
      tokens: await tokenFile(join(folder, 'tokens.json'), market.schema),
      budget: { perCall: '10 MB', perSession: '100 MB' },
      port: 0,
    });
    const held = Promise.withResolvers<void>();
    watched.beforeStatement = () => held.promise;
    const client = await clientWith('token-of-acme', other.url, mode);
    const watching = await clientWith('token-of-acme', other.url);
    const stop = new AbortController();
    const question = { metric: 'revenue', parameters: range };
    const outcome = ask(client, 'query_metric', question, stop.signal).catch(() => 'ended');
    await expect.poll(() => watched.statements.length, { timeout: 20_000 }).toBe(1);
    const budget = async () =>
      (await ask(watching, 'status'))['budget'] as { reserved: number; used: { bytes: number } };
    const { reserved } = await budget();
    expect(reserved).toBeGreaterThan(0);
    await leave(client, stop);
    expect(await outcome).toBe('ended');
    // The engine still holds the statement: the reservation ends by the signal alone.
    await expect.poll(budget, { timeout: 20_000 }).toMatchObject({ reserved: 0, used: { bytes: reserved } });
    held.resolve();
    await client.close();
    await watching.close();
    await other.close();
    await closeLake(own);
  });

  it('is answered by the revision of 2026 as by that of 2025', async () => {
    const clients = [
      await clientWith('token-of-acme'),
      await clientWith('token-of-acme', server.url, 'auto'),
    ];
    const [older, newer] = await Promise.all(
      clients.map((client) => rowsOf(client, { metric: 'revenue', parameters: range })),
    );
    expect(newer).toEqual(older);
    for (const client of clients) await client.close();
  });
});

describe('tokens', () => {
  it('take turns, and each hears of its own share', async () => {
    const watched = watchedEngine(duckdbEngine({ lake: made.folder, threads: 2 }));
    const own = openMarket(watched.engine);
    const other = await serveMcpHttp({
      lake: own,
      table: 'market',
      tokens: await tokenFile(join(folder, 'tokens.json'), market.schema),
      budget: { perCall: '10 MB', perSession: '100 MB' },
      queries: { running: 2, waiting: 10 },
      queriesOfToken: { running: 1, waiting: 1 },
      port: 0,
    });
    const held = Promise.withResolvers<void>();
    watched.beforeStatement = () => held.promise;
    const greedy = await clientWith('token-of-acme', other.url);
    const modest = await clientWith('token-of-zeta', other.url);
    const question = { metric: 'revenue', parameters: range };
    const calls = [1, 2, 3].map(() => greedy.callTool({ name: 'query_metric', arguments: question }));
    const [refused] = await Promise.all([
      Promise.race(calls),
      expect.poll(() => watched.statements.length, { timeout: 20_000 }).toBe(1),
    ]);
    expect(refused.isError).toBe(true);
    expect(JSON.stringify(refused.content)).toMatch(/CALLER_BUSY.*retrySeconds/);
    const beside = rowsOf(modest, question);
    await expect.poll(() => watched.statements.length, { timeout: 20_000 }).toBe(2);
    held.resolve();
    expect((await beside).length).toBeGreaterThan(0);
    const errors = (await Promise.all(calls)).filter(({ isError }) => isError === true);
    expect(errors).toHaveLength(1);
    await greedy.close();
    await modest.close();
    await other.close();
    await closeLake(own);
  });
});

describe('a token', () => {
  it('has one budget, whatever the connections', async () => {
    const question = { metric: 'revenue', parameters: range };
    const first = await clientWith('token-of-zeta');
    const { budget } = await ask(first, 'query_metric', question);
    await first.close();
    const second = await clientWith('token-of-zeta');
    const state = (await ask(second, 'status'))['budget'];
    expect(state).toEqual(budget);
    expect(state).toHaveProperty('renews');
    await second.close();
  });

  it('that is taken from the file lets nobody in any more, and neither does a broken file', async () => {
    const client = await clientWith('token-of-acme');
    await ask(client, 'status');
    await writeTokens(holders.filter(({ name }) => name !== 'acme'));
    await expect(ask(client, 'status')).rejects.toThrow();
    await expect(clientWith('token-of-acme')).rejects.toThrow();
    await (await clientWith('token-of-zeta')).close();
    await writeFile(join(folder, 'tokens.json'), '{ "tokens": [');
    await expect(clientWith('token-of-zeta')).rejects.toThrow();
    await rm(join(folder, 'tokens.json'));
    await expect(clientWith('token-of-zeta')).rejects.toThrow();
    await writeTokens(holders);
    await (await clientWith('token-of-zeta')).close();
    await client.close();
  });

  it.each([
    ['without rows', { where: undefined }],
    ['of no rows', { where: {} }],
    ['of a column that is not there', { where: { tenant: 'acme' } }],
    ['of a column that is no filter', { where: { price: 1 } }],
    ['that never expires', { expires: undefined }],
    ['that is no digest', { sha256: 'token-of-acme' }],
    ['of an unknown class', { permissionClass: 'everything' }],
    ['with an unknown word', { shop: 'acme' }],
  ])('%s is refused when the server starts', async (_, change) => {
    const file = join(folder, 'wrong.json');
    await writeFile(file, JSON.stringify({ tokens: [{ ...holders[0], ...change }] }));
    await expect(tokenFile(file, market.schema)).rejects.toMatchObject({ code: 'TOKENS_INVALID' });
  });
});
