import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { collectBody } from '../src/answer/collect-body.ts';
import { PreparedAnswers } from '../src/answer/prepared-answers.ts';
import { SharedRuns } from '../src/answer/shared-runs.ts';

const bytes = (length: number) => new Uint8Array(length);

describe('prepared answers', () => {
  const answer = (length: number, key = 'k') => ({ key, body: bytes(length) });

  it('are of one tenant, whatever the question', () => {
    const answers = new PreparedAnswers(1000);
    answers.set('north', 'same', answer(1));
    expect(answers.get('south', 'same', 'k')).toBeUndefined();
    answers.set('south', 'same', answer(2));
    expect(['north', 'south'].map((tenant) => answers.get(tenant, 'same', 'k')?.length)).toEqual([1, 2]);
  });

  it('are the latest of a question, and of one state of the lake', () => {
    const answers = new PreparedAnswers(1000);
    answers.set('north', 'q', answer(100, 'before'));
    expect(answers.get('north', 'q', 'after')).toBeUndefined();
    answers.set('north', 'q', answer(10, 'after'));
    expect(answers.get('north', 'q', 'before')).toBeUndefined();
    expect(answers.get('north', 'q', 'after')?.length).toBe(10);
    // What nobody can ask for any more takes no room.
    expect(answers.bytes).toBe('q'.length + 'after'.length + 10);
  });

  it('stay within their bytes, and make room with what the largest tenant used least', () => {
    const answers = new PreparedAnswers(100);
    answers.set('modest', '1', answer(18));
    for (const name of ['a', 'b', 'c', 'd']) answers.set('greedy', name, answer(18));
    expect(answers.bytes).toBe(100);
    answers.get('greedy', 'a', 'k');
    for (const name of ['e', 'f']) answers.set('greedy', name, answer(18));
    expect(answers.bytes).toBe(100);
    const kept = ['a', 'b', 'c', 'd', 'e', 'f'].filter((name) => answers.get('greedy', name, 'k'));
    expect(kept).toEqual(['a', 'd', 'e', 'f']);
    expect(answers.get('modest', '1', 'k')).toBeDefined();
    answers.set('greedy', 'f', answer(8));
    expect(answers.bytes).toBe(90);
    answers.set('greedy', 'huge', answer(101));
    expect(answers.bytes).toBeLessThanOrEqual(100);
    expect(answers.get('greedy', 'huge', 'k')).toBeUndefined();
    expect(answers.get('modest', '1', 'k')).toBeDefined();
  });
});

describe('runs of equal questions', () => {
  const signal = new AbortController().signal;

  it('are one', async () => {
    const runs = new SharedRuns<number>();
    let begun = 0;
    const begin = async () => {
      await wait(5);
      begun += 1;
      return begun;
    };
    const all = await Promise.all([1, 2, 3].map(() => runs.run('a', signal, begin)));
    expect(all.map(({ outcome, isOwn }) => [outcome, isOwn])).toEqual([
      [1, true],
      [1, false],
      [1, false],
    ]);
    expect((await runs.run('a', signal, begin)).outcome).toBe(2);
    expect(runs.size).toBe(0);
  });

  it('fail together, and are then begun anew', async () => {
    const runs = new SharedRuns<number>();
    const failing = async () => {
      await wait(5);
      throw new Error('the engine failed');
    };
    const all = await Promise.allSettled([1, 2].map(() => runs.run('a', signal, failing)));
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect((await runs.run('a', signal, async () => 1)).outcome).toBe(1);
  });

  it('go on for those who stay when the one who began them leaves', async () => {
    const runs = new SharedRuns<string>();
    const leaving = new AbortController();
    const first = runs.run(
      'a',
      leaving.signal,
      () =>
        new Promise((_, reject) =>
          leaving.signal.addEventListener('abort', () => reject(leaving.signal.reason)),
        ),
    );
    const staying = runs.run('a', signal, async () => 'anew');
    const impatient = new AbortController();
    const left = runs.run('a', impatient.signal, async () => 'never');
    impatient.abort(new Error('no time'));
    await expect(left).rejects.toThrow('no time');
    leaving.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    expect(await staying).toEqual({ outcome: 'anew', isOwn: true });
  });
});

describe('a body', () => {
  /** Parts of ten bytes, and whether what makes them has ended. */
  function made(count: number) {
    const state = { count: 0, ended: false };
    async function* parts(): AsyncGenerator<Uint8Array, void, undefined> {
      try {
        for (; state.count < count; state.count += 1) yield bytes(10).fill(state.count);
      } finally {
        state.ended = true;
      }
    }
    return { state, parts: parts() };
  }
  const read = async (parts: AsyncIterable<Uint8Array>) => {
    const all: number[] = [];
    for await (const part of parts) all.push(part[0] ?? -1);
    return all;
  };

  it('is whole up to the maximum', async () => {
    const { state, parts } = made(3);
    const body = await collectBody(parts, 30);
    expect(body.whole?.length).toBe(30);
    expect(state.ended).toBe(true);
    expect(await read(body.parts)).toEqual([0, 1, 2]);
  });

  it('is a stream above it, of which nothing is lost', async () => {
    const { state, parts } = made(6);
    const body = await collectBody(parts, 30);
    expect(body.whole).toBeUndefined();
    expect(state).toEqual({ count: 3, ended: false });
    expect(await read(body.parts)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(state.ended).toBe(true);
  });

  it('ends what makes it when its reader leaves', async () => {
    const { state, parts } = made(6);
    const body = await collectBody(parts, 10);
    await body.parts.next();
    await body.parts.return();
    expect(state.ended).toBe(true);
  });
});
