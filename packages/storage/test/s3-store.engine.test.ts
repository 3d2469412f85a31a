import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inParallel } from '@headwater/core/internal';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { describe, expect, test } from 'vitest';
import { openLakeStore, type UnfinishedUpload } from '../src/index.ts';
import { temporaryFolder, testStore } from './store-contract.ts';

const aws = useAwsSandbox('storage');
const open = async () => openLakeStore(`${aws.location}/${randomUUID()}`);

describe('a lake on S3', () => {
  testStore(open);

  test('lists more than one page', async () => {
    const store = await open();
    const names = Array.from({ length: 1100 }, (_, index) => `_headwater/events/${index}`);
    await inParallel(names, 16, (name) => store.createText(name, name));
    expect(await store.list('_headwater/events')).toHaveLength(1100);
    let walked = 0;
    for await (const _ of store.walk('_headwater')) walked += 1;
    expect(walked).toBe(1100);
    await store.remove(names);
    expect(await store.list('_headwater/events')).toEqual([]);
  });

  test('an upload that is stopped leaves no file and no open upload', async () => {
    const store = await open();
    const local = join(await temporaryFolder(), 'large');
    await writeFile(local, Buffer.alloc(60_000_000, 7));
    const stop = new AbortController();
    const onBytes = (): void => stop.abort();
    await expect(
      store.put('events/a', local, { hash: 'ff', signal: stop.signal, onBytes }),
    ).rejects.toMatchObject({ name: 'AbortError' });
    expect(await store.info('events/a')).toBeUndefined();
    const left: UnfinishedUpload[] = [];
    for await (const upload of store.unfinishedUploads('events')) left.push(upload);
    expect(left).toEqual([]);
  });

  test('says what failed, and nothing of the credentials', async () => {
    const store = openLakeStore('s3://no-such-bucket-anywhere/lake');
    const failure = await store.list('_headwater/events').catch((error: Error) => error);
    expect(failure).toMatchObject({ code: 'STORE_FAILED' });
    expect(String(failure)).toContain('the bucket does not exist');
    expect(JSON.stringify(failure)).not.toContain(process.env['AWS_SECRET_ACCESS_KEY']);
    expect(failure).not.toHaveProperty('cause');
  });
});
