import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
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
