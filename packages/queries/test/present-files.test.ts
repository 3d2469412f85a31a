import { HeadwaterError } from '@headwater/core';
import { expect, test } from 'vitest';
import { attemptsOf, streamPresentFiles, withPresentFiles } from '../src/guard/present-files.ts';

const changed = new HeadwaterError('LAKE_CHANGED', { lake: './lake', file: 'shop/part.parquet' });

/** Fails so often, then answers. */
function failing(failures: number, error: unknown = changed) {
  const calls = { begun: 0 };
  const run = async () => {
    calls.begun += 1;
    if (calls.begun <= failures) throw error;
    return 'answer';
  };
  return { calls, run };
}

test.each([0, 1, 2])('a query whose files were taken away %d times is answered', async (failures) => {
  const { calls, run } = failing(failures);
  expect(await withPresentFiles(3, run)).toBe('answer');
  expect(calls.begun).toBe(failures + 1);
});

test('after three attempts the caller hears of it', async () => {
  const { calls, run } = failing(3);
  await expect(withPresentFiles(3, run)).rejects.toBe(changed);
  expect(calls.begun).toBe(3);
});

test('other errors are not tried again, nor is a lake that stays as it was', async () => {
  const other = failing(1, new HeadwaterError('LAKE_CLOSED', { lake: './lake' }));
  await expect(withPresentFiles(3, other.run)).rejects.toMatchObject({ code: 'LAKE_CLOSED' });
  const kept = failing(1);
  await expect(withPresentFiles(1, kept.run)).rejects.toBe(changed);
  expect([other.calls.begun, kept.calls.begun]).toEqual([1, 1]);
});

test('a stream is begun again before its first part, and never after it', async () => {
  let begun = 0;
  async function* parts(seen: number) {
    begun += 1;
    for (let part = 0; part < seen; part += 1) yield part;
    if (begun <= 2) throw changed;
    yield 'end';
  }
  const read = async (seen: number) => {
    begun = 0;
    const found: unknown[] = [];
    try {
      for await (const part of streamPresentFiles(3, () => parts(seen))) found.push(part);
    } catch (error) {
      found.push(error);
    }
    return { found, begun };
  };
  expect(await read(0)).toEqual({ found: ['end'], begun: 3 });
  expect(await read(1)).toEqual({ found: [0, changed], begun: 1 });
});

test('an engine that lists folders is asked once more, one that reads manifests twice, and an unchanging lake never', () => {
  expect([
    attemptsOf('folders', undefined),
    attemptsOf('manifests', 'query'),
    attemptsOf('manifests', 'never'),
  ]).toEqual([2, 3, 1]);
});
