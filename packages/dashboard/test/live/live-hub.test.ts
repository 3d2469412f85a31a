import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LakeComparison, LiveFigures } from '../../src/api/api.ts';
import type { StreamFigures } from '../../src/index.ts';
import { LiveHub, type LiveHubConfig } from '../../src/live/live-hub.ts';
import { streamFigures } from '../support/stream-figures.ts';

let tell: ((figures: StreamFigures) => void) | undefined;
let compare: LiveHubConfig['compare'];
let asked: number;
let faults: unknown[];
let hub: LiveHub;
let server: Server;
let port: number;

beforeEach(async () => {
  [tell, asked, faults] = [undefined, 0, []];
  compare = async () => equal;
  hub = new LiveHub({
    feed: {
      subscribe(listener) {
        tell = listener;
        return () => {
          tell = undefined;
        };
      },
    },
    compare: async (...call) => {
      asked += 1;
      return compare(...call);
    },
    compareSeconds: 0.2,
    onError: (error) => faults.push(error),
  });
  server = createServer((request, response) => {
    const last = request.headers['last-event-id'];
    hub.add(response, typeof last === 'string' ? last : undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterEach(() => {
  hub.close();
  server.closeAllConnections();
  server.close();
});

const equal: LakeComparison = {
  hours: null,
  asked: '2026-01-01T00:00:00.000Z',
  figures: [],
  byHour: [],
  reasons: [],
  isEqual: true,
};

/** A page that follows, and what it was sent. */
async function follow(lastId?: string) {
  const sent = get({ port, headers: lastId === undefined ? {} : { 'last-event-id': lastId } });
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  response.on('data', (chunk: Buffer) => {
    text += String(chunk);
  });
  response.on('error', () => undefined);
  sent.on('error', () => undefined);
  return {
    response,
    get events(): { id: string; figures: LiveFigures }[] {
      return [...text.matchAll(/^id: (.*)\nevent: figures\ndata: (.*)\n\n/gm)].map(
        ([, id = '', data = '']) => ({
          id,
          figures: JSON.parse(data),
        }),
      );
    },
    leave: () => sent.destroy(),
  };
}

test('the first figures come at once, newer ones once a second, to every reader the same', async () => {
  const one = await follow();
  expect(one.response.headers['content-type']).toBe('text/event-stream');
  await expect.poll(() => tell).toBeDefined();
  tell?.(streamFigures());
  await expect.poll(() => one.events.length, { timeout: 500 }).toBe(1);
  for (let visitors = 13; visitors < 40; visitors += 1) tell?.(streamFigures({ visitors }));
  const other = await follow();
  await expect.poll(() => one.events.length, { timeout: 3000 }).toBe(2);
  expect(one.events.map(({ figures }) => figures.visitors)).toEqual([12, 39]);
  expect(other.events.map(({ figures }) => figures.visitors)).toEqual([12, 39]);
  expect(other.events.map(({ id }) => id)).toEqual(one.events.map(({ id }) => id));
  // What the server needs for the lake is no figure of a page.
  expect(one.events[0]?.figures).not.toHaveProperty('hours');
  // Nobody reads: nothing is followed. Who comes back is not sent again what it has seen.
  one.leave();
  other.leave();
  await expect.poll(() => tell).toBeUndefined();
  const last = one.events.at(-1)?.id;
  const back = await follow(last);
  await expect.poll(() => tell).toBeDefined();
  expect(back.events).toEqual([]);
  tell?.(streamFigures({ visitors: 41 }));
  await expect.poll(() => back.events.map(({ figures }) => figures.visitors)).toEqual([41]);
  expect((await follow('of another process')).events.length).toBeLessThanOrEqual(1);
});

test('the lake is asked while somebody reads, one question at a time, until both are equal', async () => {
  const hours = [
    {
      hour: '2024-03-17T12:00:00.000Z',
      events: 5,
      visitors: null,
      sessions: 1,
      cartSessions: 1,
      revenue: '1',
      late: 0,
    },
  ];
  let running = 0;
  let most = 0;
  compare = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 50));
    running -= 1;
    if (asked === 1) throw new Error('the lake is away');
    return { ...equal, isEqual: asked > 2 };
  };
  const page = await follow();
  await expect.poll(() => tell).toBeDefined();
  tell?.(streamFigures({ hours }));
  await expect.poll(() => page.events.at(-1)?.figures.compared?.isEqual, { timeout: 6000 }).toBe(true);
  expect(faults).toEqual([new Error('the lake is away')]);
  expect([asked, most]).toEqual([3, 1]);
  await new Promise((resolve) => setTimeout(resolve, 1300));
  expect(asked).toBe(3);
});

test('a reader that takes nothing holds one text, and is dropped', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  try {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.pause();
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await vi.waitFor(() => expect(tell).toBeDefined());
    const large = 'x'.repeat(2 << 20);
    const alert = { severity: 'info', since: '', evidence: '', isOpen: true } as const;
    const figures = (id: string) =>
      streamFigures({ alerts: [{ ...alert, id, title: large }], alertCount: 1 });
    for (let second = 0; second < 20; second += 1) {
      tell?.(figures(String(second)));
      await vi.advanceTimersByTimeAsync(1000);
    }
    const [held = 0] = await new Promise<number[]>((resolve) =>
      server.getConnections((_, count) => resolve([count])),
    );
    expect(held).toBe(1);
    for (let second = 20; second < 60; second += 1) {
      tell?.(figures(String(second)));
      await vi.advanceTimersByTimeAsync(1000);
    }
    await vi.waitFor(() => expect(tell).toBeUndefined());
  } finally {
    vi.useRealTimers();
  }
});
