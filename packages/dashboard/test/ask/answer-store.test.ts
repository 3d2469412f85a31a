import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { AnswerStore } from '../../src/ask/answer-store.ts';

/** A question that ends when it is told to, and says whether it was stopped. */
function question() {
  const asked: { signal: AbortSignal; end: (answer: string) => void }[] = [];
  const ask = (signal: AbortSignal): Promise<string> =>
    new Promise((resolve, reject) => {
      asked.push({ signal, end: resolve });
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  return { asked, ask };
}

test('one question runs once for all who wait, and its answer is kept', async () => {
  const store = new AnswerStore<string>();
  const { asked, ask } = question();
  const both = [store.answer('key', undefined, ask), store.answer('key', undefined, ask)];
  await wait(0);
  expect(asked).toHaveLength(1);
  asked[0]?.end('ten');
  expect(await Promise.all(both)).toEqual(['ten', 'ten']);
  expect(await store.answer('key', undefined, ask)).toBe('ten');
  expect(asked).toHaveLength(1);
  void store.answer('another key', undefined, ask);
  expect(asked).toHaveLength(2);
});

test('who stops waiting gets the reason at once; the question is stopped with the last one', async () => {
  const store = new AnswerStore<string>();
  const { asked, ask } = question();
  const [first, second] = [new AbortController(), new AbortController()];
  const answers = [store.answer('key', first.signal, ask), store.answer('key', second.signal, ask)];
  const outcomes = Promise.allSettled(answers);
  await wait(0);
  first.abort(new Error('first left'));
  await expect(answers[0]).rejects.toThrow('first left');
  expect(asked[0]?.signal.aborted).toBe(false);
  second.abort(new Error('second left'));
  await expect(answers[1]).rejects.toThrow('second left');
  expect(asked[0]?.signal.aborted).toBe(true);
  await outcomes;
  // Nothing of it stays: the next one asks anew.
  const again = store.answer('key', undefined, ask);
  await wait(0);
  asked[1]?.end('new');
  expect(await again).toBe('new');
});

test('a failure is told to all who wait, and is not kept', async () => {
  const store = new AnswerStore<string>();
  const fails = async (): Promise<string> => {
    throw new Error('no lake');
  };
  await expect(store.answer('key', undefined, fails)).rejects.toThrow('no lake');
  expect(await store.answer('key', undefined, async () => 'there')).toBe('there');
});

test('an answer without a key runs for each who asks', async () => {
  const store = new AnswerStore<string>();
  const { asked, ask } = question();
  void store.answer(undefined, undefined, ask);
  void store.answer(undefined, undefined, ask);
  expect(asked).toHaveLength(2);
});

test('the least recently used answers are dropped first', async () => {
  const store = new AnswerStore<number>();
  const keep = (number: number) => store.answer(`key ${number}`, undefined, async () => number);
  for (let number = 0; number < 400; number++) await keep(number);
  await keep(0);
  await keep(400);
  const anew = async () => -1;
  expect(await store.answer('key 0', undefined, anew)).toBe(0);
  expect(await store.answer('key 1', undefined, anew)).toBe(-1);
});
