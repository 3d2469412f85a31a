import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFacade } from '../../src/facade/facade.ts';

const stops: (() => void)[] = [];
afterAll(() => {
  for (const stop of stops) stop();
});

/** An emulator that reads its sum, takes a while, and writes it back: threads that take turns lose what others added. */
let sum = 0;
const emulator: RequestListener = async (request, response) => {
  const added = Number(await text(request));
  const before = sum;
  await pause(2);
  sum = before + added;
  response.writeHead(200, { 'content-type': 'text/plain' }).end(String(sum));
};

let direct = '';
let facade = '';
beforeAll(async () => {
  const listen = async (server: ReturnType<typeof createServer>) => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    stops.push(() => {
      server.close();
      server.closeAllConnections();
    });
    return `http://127.0.0.1:${Object(server.address()).port}`;
  };
  direct = await listen(createServer(emulator));
  facade = await listen(createFacade({ moto: direct, trino: 'http://127.0.0.1:1', results: '' }));
});

/** Adds 1 by concurrent requests, and gives the sum that is left. */
async function addConcurrently(url: string, target: string, requests = 20): Promise<number> {
  sum = 0;
  const add = () => fetch(url, { method: 'POST', headers: { 'x-amz-target': target }, body: '1' });
  const answers = await Promise.all(Array.from({ length: requests }, add));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  return sum;
}

it.each(['Kinesis_20131202.PutRecord', 'DynamoDB_20120810.TransactWriteItems'])(
  'loses nothing of concurrent %s, of which an emulator of threads loses some',
  async (target) => {
    expect(await addConcurrently(direct, target)).toBeLessThan(20);
    expect(await addConcurrently(facade, target)).toBe(20);
  },
);

it('lets requests to other services pass at the same time', async () => {
  expect(await addConcurrently(facade, 'AmazonSQS.SendMessage')).toBeLessThan(20);
});

it('goes on when a client has gone', async () => {
  sum = 0;
  const target = { 'x-amz-target': 'DynamoDB_20120810.UpdateItem' };
  const gone = fetch(facade, { method: 'POST', headers: target, body: '1', signal: AbortSignal.timeout(1) });
  await gone.catch(() => undefined);
  const answer = await fetch(facade, { method: 'POST', headers: target, body: '10' });
  expect(Number(await answer.text())).toBeGreaterThanOrEqual(10);
});
