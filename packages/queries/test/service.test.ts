import { once } from 'node:events';
import { mkdtemp, rename, rm, truncate } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decimal, defineEvents, isHeadwaterError, lake } from '@headwater/core';
import { manifestPath } from '@headwater/core/internal';
import { compactLake } from '@headwater/etl';
import { closeLake, createLake, dailyVisitors, revenue, runMetric, sql } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { expect, onTestFinished, test } from 'vitest';
import type { z } from 'zod';
import { makeLake } from './support/made-lake.ts';
import { event, history, shop } from './support/shop.ts';

/** What a service answers: JSON, with the error's code where it fails. */
interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const range = { from: '2024-03-03', to: '2024-03-05' };
/** Every question of the service, by its path. */
const paths = ['/revenue', '/visitors', '/brands', '/fifth', '/sql'] as const;

/** A small service on the typed queries of one lake: what a user writes with `node:http`. */
async function serve(table: typeof shop, folder: string): Promise<(path: string) => Promise<Answer>> {
  const tables = createLake({ tables: [table], engine: duckdbEngine({ lake: folder, threads: 2 }) });
  const questions: Record<(typeof paths)[number], () => Promise<unknown>> = {
    '/revenue': () => runMetric(tables.shop, revenue, { ...range, grain: 'all' }),
    '/visitors': () => runMetric(tables.shop, dailyVisitors, range),
    '/brands': () => tables.shop.between(range.from, range.to).select('brand').distinct().execute(),
    '/fifth': () =>
      tables.shop.between('2024-03-05', '2024-03-05').select('brand').distinct().orderBy('brand').execute(),
    '/sql': async () => {
      const rows: unknown[] = [];
      for await (const batch of (await sql(tables, 'select brand from shop limit 3')).batches())
        rows.push(...batch);
      return rows;
    },
  };
  const server = createServer(async ({ url = '' }, response) => {
    const send = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    try {
      const question = questions[url as (typeof paths)[number]];
      if (question) send(200, await question());
      else send(404, {});
    } catch (error) {
      if (isHeadwaterError(error)) send(error.retryable ? 503 : 409, error);
      else send(500, { message: String(error) });
    }
  });
  onTestFinished(async () => {
    await closed(server);
    await closeLake(tables);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return async (path) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: response.status, body: await response.json() };
  };
}

async function closed(server: Server): Promise<void> {
  const ended = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await ended;
}

/** A lake of two commits: 3 to 5 March, and one more purchase on the 5th. */
async function shopLake() {
  const made = await makeLake();
  onTestFinished(() => made.remove());
  const first = await made.commit(shop, history);
  const last = await made.commit(shop, [event('05 20:00', 'purchase', 3, 20, 's9')]);
  return { folder: made.folder, first, last };
}

const { price: _, ...others } = shop.shape;

/** The shop under a definition whose `price` is now `paid`. */
const renamedShop = (paid: z.ZodType): typeof shop =>
  defineEvents('shop', {
    columns: { ...others, paid },
    roles: { ...shop.roles, amount: 'paid' },
  } as never) as unknown as typeof shop;

const misspelt = renamedShop(decimal(10, 2).optional());
const declared = renamedShop(decimal(10, 2).register(lake, { renamedFrom: 'price' }));

/** Asks every question several times at once. */
const askAll = (ask: (path: string) => Promise<Answer>): Promise<Answer[]> =>
  Promise.all([...paths, ...paths, ...paths, ...paths, ...paths].map(ask));

const statuses = (answers: readonly Answer[]): number[] => [...new Set(answers.map(({ status }) => status))];
const codes = (answers: readonly Answer[]): unknown[] => [
  ...new Set(answers.map(({ body }) => (body as { code?: unknown }).code)),
];
const revenueOf = async (ask: (path: string) => Promise<Answer>): Promise<unknown> =>
  ((await ask('/revenue')).body as { revenue: number }[])[0]?.revenue;

test('a lake that fits is answered', async () => {
  const { folder } = await shopLake();
  const ask = await serve(shop, folder);
  expect(statuses(await askAll(ask))).toEqual([200]);
  expect(await revenueOf(ask)).toBe(305.1);
});

test('a lake whose files do not fit the definition is refused by a code, however much is asked at once', async () => {
  const { folder } = await shopLake();
  const ask = await serve(misspelt, folder);
  const answers = await askAll(ask);
  expect(statuses(answers)).toEqual([409]);
  expect(codes(answers)).toEqual(['SCHEMA_INCOMPATIBLE']);
  expect(answers[0]?.body).toMatchObject({
    retryable: false,
    payload: {
      table: 'shop',
      reader: 'duckdb',
      misfits: [{ id: 'drop-column:price', column: 'price', files: 4, commits: [1, 2] }],
    },
  });
  expect(await revenueOf(await serve(declared, folder))).toBe(305.1);
});

test('a lake that was restored without a manifest is refused by a code; without the last one, it is as it was before', async () => {
  const { folder, first, last } = await shopLake();
  await rm(join(folder, manifestPath('shop', last.sequence)));
  const ask = await serve(shop, folder);
  expect(statuses(await askAll(ask))).toEqual([200]);
  expect(await revenueOf(ask)).toBe(284.9);
  await rm(join(folder, manifestPath('shop', first.sequence)));
  const answers = await askAll(await serve(shop, folder));
  expect(codes(answers)).toEqual(['LAKE_NOT_FOUND']);

  const other = await shopLake();
  await rm(join(other.folder, manifestPath('shop', other.first.sequence)));
  const corrupt = await askAll(await serve(shop, other.folder));
  expect(statuses(corrupt)).toEqual([409]);
  expect(codes(corrupt)).toEqual(['LAKE_CORRUPT']);
});

test('a lake that was restored without a data file names it, and is answered when the file is back', async () => {
  const { folder, first } = await shopLake();
  const [lost = ''] = first.added.map(({ path }) => path);
  const aside = await mkdtemp(join(tmpdir(), 'headwater-aside-'));
  onTestFinished(() => rm(aside, { recursive: true }));
  await rename(join(folder, lost), join(aside, 'lost'));
  const ask = await serve(shop, folder);
  const answer = await ask('/revenue');
  expect(answer).toMatchObject({ status: 409, body: { code: 'LAKE_CORRUPT', payload: { file: lost } } });
  await rename(join(aside, 'lost'), join(folder, lost));
  expect(await revenueOf(ask)).toBe(305.1);
});

test('a lake whose data file is cut short names it, and answers what does not need it', async () => {
  const { folder, first } = await shopLake();
  const [cut = ''] = first.added.map(({ path }) => path);
  await truncate(join(folder, cut), 100);
  const ask = await serve(shop, folder);
  for (const answer of await Promise.all([ask('/revenue'), ask('/visitors'), ask('/brands')]))
    expect(answer).toMatchObject({ status: 409, body: { code: 'LAKE_CORRUPT', payload: { file: cut } } });
  expect(await ask('/fifth')).toMatchObject({
    status: 200,
    body: [{ brand: 'acme' }, { brand: 'bolt' }, { brand: null }],
  });
});

test('a service follows commits: it refuses files that do not fit, and answers once a compaction made them fit', async () => {
  const { folder } = await shopLake();
  const ask = await serve(misspelt, folder);
  expect((await ask('/revenue')).status).toBe(409);
  await compactLake({ table: misspelt, lake: folder, allow: ['drop-column:price'] });
  expect(await ask('/revenue')).toMatchObject({ status: 200 });
});

test('a service with an earlier definition refuses the lake once a later one has written to it', async () => {
  const made = await makeLake();
  onTestFinished(() => made.remove());
  await made.commit(shop, history);
  const ask = await serve(shop, made.folder);
  expect(statuses(await askAll(ask))).toEqual([200]);
  const { price, ...rest } = event('05 21:00', 'purchase', 3, 20, 's9');
  await made.commit(declared, [{ ...rest, paid: price }] as never);
  const answers = await askAll(ask);
  expect(codes(answers)).toEqual(['SCHEMA_INCOMPATIBLE']);
  expect(answers[0]?.body).toMatchObject({
    payload: { misfits: [{ id: 'add-column:price' }, { id: 'drop-column:paid', commits: [2, 2] }] },
  });
});
