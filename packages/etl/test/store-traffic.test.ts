import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addTraffic, countTraffic } from '../src/lake/store-traffic.ts';
import { temporaryFolder } from './events-fixture.ts';
import { type Bucket, createMemoryStore } from './memory-store.ts';

const none = { bytesPut: 0, bytesCopied: 0, bytesDeleted: 0 };

function counted() {
  const bucket: Bucket = { objects: new Map([['t/old', '12345']]), uploads: new Set() };
  const sent: string[] = [];
  const { store, traffic } = countTraffic((onRequest) =>
    createMemoryStore(bucket, async (name, step) => {
      sent.push(name);
      onRequest(name.startsWith('walk') ? 'ListObjectsV2' : 'GetObject');
      return step();
    }),
  );
  return { store, traffic, sent };
}

test('bytes that are put, copied and removed are counted, each once', async () => {
  const { store, traffic } = counted();
  const file = join(await temporaryFolder(), 'a');
  await writeFile(file, 'abc');
  await store.put('staging/a', file, { hash: '00' });
  await store.copy('staging/a', 't/a');
  expect(await store.createText('m/1.json', 'é')).toBe(true);
  expect(await store.createText('m/1.json', 'other')).toBe(false);
  await store.replaceText('m/checkpoint', 'xy');
  expect(traffic()).toMatchObject({ bytesPut: 3 + 2 + 2, bytesCopied: 3, bytesDeleted: 0 });
  await store.remove(['staging/a', 'not/there']);
  await store.remove(['staging/a']);
  expect(traffic()).toMatchObject({ bytesDeleted: 3 });
  for await (const { path } of store.walk('t')) expect(['t/a', 't/old']).toContain(path);
  await store.remove(['t/a', 't/old']);
  expect(traffic()).toMatchObject({ bytesPut: 7, bytesCopied: 3, bytesDeleted: 3 + 3 + 5 });
});

test('what failed moved nothing, and its request counts', async () => {
  const { store, traffic } = counted();
  await expect(store.copy('not/there', 't/a')).rejects.toThrow('NoSuchKey');
  expect(traffic()).toMatchObject({ ...none, requests: { writes: 0, reads: 1, deletes: 0 } });
});

test('requests are counted by the class of their price, and two runs add up', async () => {
  const { store, traffic, sent } = counted();
  for await (const _ of store.walk('t'));
  await store.readText('t/old');
  const one = traffic();
  expect(sent).toHaveLength(2);
  expect(one).toEqual({ ...none, requests: { writes: 1, reads: 1, deletes: 0 }, price: 5.4e-6 });
  const both = addTraffic(one, { ...one, bytesPut: 1, bytesCopied: 2, bytesDeleted: 3 });
  expect(both).toEqual({
    ...{ bytesPut: 1, bytesCopied: 2, bytesDeleted: 3 },
    ...{ requests: { writes: 2, reads: 2, deletes: 0 }, price: 10.8e-6 },
  });
  expect(addTraffic(one, null)).toEqual(one);
  expect(addTraffic(null, null)).toBeNull();
});
