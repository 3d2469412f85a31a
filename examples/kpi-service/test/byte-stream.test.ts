import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { byteStream } from '../src/answer/byte-stream.ts';

/** Parts without end, and what became of them. */
function endless() {
  const told: unknown[] = [];
  const state = { made: 0, left: false, told };
  async function* parts(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (;;) {
        state.made += 1;
        yield new Uint8Array(10);
      }
    } finally {
      state.left = true;
    }
  }
  return { state, parts: parts(), onError: (error: unknown) => void told.push(error) };
}

it('makes no more than is read', async () => {
  const { state, parts, onError } = endless();
  const stream = await byteStream(parts, { signal: new AbortController().signal, onError });
  await wait(5);
  expect(state.made).toBeLessThanOrEqual(2);
  await stream.cancel();
  expect(state).toMatchObject({ left: true, told: [] });
});

it('ends at its time, although nobody reads', async () => {
  const { state, parts, onError } = endless();
  const stream = await byteStream(parts, { signal: AbortSignal.timeout(10), onError });
  await wait(50);
  expect(state.left).toBe(true);
  expect(state.told).toMatchObject([{ name: 'TimeoutError' }]);
  await expect(stream.getReader().read()).rejects.toMatchObject({ name: 'TimeoutError' });
});

it('ends the body with what failed after its first part', async () => {
  const told: unknown[] = [];
  async function* parts(): AsyncGenerator<Uint8Array, void, undefined> {
    yield new Uint8Array(10);
    throw new Error('the engine failed');
  }
  const signal = new AbortController().signal;
  const stream = await byteStream(parts(), { signal, onError: (error) => void told.push(error) });
  await expect(new Response(stream).arrayBuffer()).rejects.toThrow('the engine failed');
  expect(told).toHaveLength(1);
});

it('has no body for what fails at once', async () => {
  // biome-ignore lint/correctness/useYield: it fails before its first part
  async function* parts(): AsyncGenerator<Uint8Array, void, undefined> {
    throw new Error('the engine failed');
  }
  const { onError, state } = endless();
  await expect(byteStream(parts(), { signal: AbortSignal.timeout(1000), onError })).rejects.toThrow('engine');
  expect(state.told).toEqual([]);
});
