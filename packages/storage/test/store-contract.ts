import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { LakeStore } from '../src/index.ts';

/** A folder that goes when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-storage-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

async function pathsIn(store: LakeStore, folder: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path } of store.walk(folder)) paths.push(path);
  return paths.sort();
}

/** What every store of a lake does, wherever it keeps the files. */
export function testStore(open: () => Promise<LakeStore>): void {
  test('a lake that is not there holds nothing', async () => {
    const store = await open();
    expect(await store.list('_headwater/events')).toEqual([]);
    expect(await pathsIn(store, 'events')).toEqual([]);
    expect(await store.info('events/a')).toBeUndefined();
    await expect(store.readText('events/a')).rejects.toThrow();
    await store.remove(['events/a']);
  });

  test('a text is created once, and read, listed, ranged, replaced and removed', async () => {
    const store = await open();
    expect(await store.createText('_headwater/events/00000002.json', 'second')).toBe(true);
    expect(await store.createText('_headwater/events/00000002.json', 'another')).toBe(false);
    expect(await store.readText('_headwater/events/00000002.json')).toBe('second');
    await store.createText('_headwater/events/00000001.json', 'first');
    await store.createText('_headwater/events/staging/x', 'inside');
    expect((await store.list('_headwater/events')).sort()).toEqual(['00000001.json', '00000002.json']);
    expect(await store.list('_headwater/events', '00000001.json')).toEqual(['00000002.json']);
    expect(await store.list('_headwater/event')).toEqual([]);
    const ranged = store.read('_headwater/events/00000002.json', { first: 1, last: 3 });
    expect((await bytesOf(ranged)).toString()).toBe('eco');
    await store.replaceText('_headwater/events/00000002.json', 'anew');
    expect(await store.readText('_headwater/events/00000002.json')).toBe('anew');
    await store.remove(['_headwater/events/00000002.json', '_headwater/events/00000003.json']);
    expect(await store.list('_headwater/events')).toEqual(['00000001.json']);
  });

  test('creating the same text again is no conflict: a retried request does just that', async () => {
    const store = await open();
    expect(await store.createText('a/b', 'mine')).toBe(true);
    expect(await store.createText('a/b', 'mine')).toBe(true);
  });

  test('of twenty that create the same file at once, one succeeds', async () => {
    const store = await open();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => store.createText('_headwater/events/1.json', `${index}`)),
    );
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    expect(await store.readText('_headwater/events/1.json')).toBe(String(outcomes.indexOf(true)));
  });

  test('a file is put, copied and read back byte for byte, large or empty, with odd names', async () => {
    const store = await open();
    const folder = await temporaryFolder();
    const contents = {
      small: Buffer.from('a few bytes'),
      empty: Buffer.alloc(0),
      large: Buffer.from(Uint8Array.from({ length: 20_000_003 }, (_, index) => index % 251)),
    };
    for (const [name, content] of Object.entries(contents)) {
      const local = join(folder, name);
      const path = `events/dt=2019-10-01/brand=a%20b+ü ${name}.parquet`;
      await writeFile(local, content);
      let sent = 0;
      await store.put(path, local, { hash: 'ff', onBytes: (bytes) => (sent += bytes) });
      expect(sent).toBe(content.length);
      await store.copy(path, `${path}.copy`);
      expect(await store.info(`${path}.copy`)).toMatchObject({ path: `${path}.copy`, bytes: content.length });
      expect((await bytesOf(store.read(`${path}.copy`))).equals(content)).toBe(true);
    }
    expect(await pathsIn(store, 'events')).toHaveLength(6);
  });
}
