import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createFolderStore, openLakeStore, parseLakeLocation } from '../src/index.ts';
import { temporaryFolder, testStore } from './store-contract.ts';

describe('a lake in a folder', () => {
  testStore(async () => openLakeStore(join(await temporaryFolder(), 'lake')));

  test('leaves no drafts behind', async () => {
    const store = createFolderStore(await temporaryFolder());
    await store.createText('a', 'one');
    await store.createText('a', 'two');
    await store.replaceText('a', 'three');
    expect(await store.list('.')).toEqual(['a']);
  });

  test.skipIf(process.platform !== 'linux')('cannot be made where nothing can, and says so', async () => {
    const store = createFolderStore('/proc/headwater');
    await expect(store.makeFolder('_headwater/events')).rejects.toThrow(/ENOENT.*mkdir/);
    await expect(store.createText('_headwater/events/1.json', '')).rejects.toThrow(/ENOENT.*mkdir/);
  });

  test('puts names on the disk as it does contents: the folder of each file, and those that hold a new folder', async () => {
    const folder = await temporaryFolder();
    const handle = await open(folder);
    await handle.close();
    const sync = vi.spyOn(Object.getPrototypeOf(handle) as typeof handle, 'sync');
    onTestFinished(() => sync.mockRestore());
    const syncs = async (work: Promise<unknown>): Promise<number> => {
      const before = sync.mock.calls.length;
      await work;
      return sync.mock.calls.length - before;
    };
    const store = createFolderStore(join(folder, 'lake'));
    // The draft; `lake/b`, `lake`, and the folder that the lake was made in.
    expect(await syncs(store.createText('b/1', 'one'))).toBe(4);
    expect(await syncs(store.createText('b/2', 'two'))).toBe(2);
    expect(await syncs(store.replaceText('b/2', 'three'))).toBe(2);
    await writeFile(join(folder, 'local'), 'x');
    expect(await syncs(store.take(join(folder, 'local'), 'c/1'))).toBe(3);
  });
});

describe('an address of a lake', () => {
  test('is a folder or a prefix of a bucket', () => {
    expect(parseLakeLocation('./lake')).toEqual({ kind: 'folder', folder: './lake' });
    expect(parseLakeLocation('s3://shop-events')).toEqual({ kind: 's3', bucket: 'shop-events', prefix: '' });
    expect(parseLakeLocation('s3://shop-events/a/b//')).toEqual({
      kind: 's3',
      bucket: 'shop-events',
      prefix: 'a/b',
    });
  });

  test.each([
    'gs://bucket/a',
    'file:///lake',
    's3://',
    's3://UPPER/a',
    's3://bucket/a//b',
    's3://bucket/../b',
  ])('%s is refused', (location) => {
    expect(() => openLakeStore(location)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });
});
