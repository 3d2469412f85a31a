import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchedFile } from '@headwater/access';
import { afterAll, beforeAll, expect, it } from 'vitest';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-access-'));
});
afterAll(() => rm(folder, { recursive: true }));

const parse = (text: string): number => {
  if (text === 'broken') throw new Error('it is broken');
  return text.length;
};

it('is read again when it changes, and fails while it cannot be read', async () => {
  const file = join(folder, 'list');
  await writeFile(file, 'a');
  let clock = 0;
  const read = watchedFile(file, parse, { recheck: 1000, now: () => clock });
  expect(await read()).toBe(1);
  await writeFile(file, 'ab');
  clock += 999;
  expect(await read()).toBe(1);
  clock += 1;
  expect(await read()).toBe(2);
  await writeFile(file, 'broken');
  clock += 1000;
  // Each time: what it said before could let somebody in who was taken out meanwhile.
  for (const _ of [1, 2]) await expect(read()).rejects.toThrow('it is broken');
  await writeFile(file, 'abc');
  expect(await read()).toBe(3);
  await rm(file);
  clock += 1000;
  for (const _ of [1, 2]) await expect(read()).rejects.toMatchObject({ code: 'ENOENT' });
});
