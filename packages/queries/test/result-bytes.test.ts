import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';
import { expect, onTestFinished, test } from 'vitest';
import { resultBytes } from '../src/engines/athena/result-bytes.ts';

const content = Buffer.from(Array.from({ length: 50_000 }, (_, row) => `"${row}","x"\n`).join(''));

/** An S3 that serves one object in ranges and breaks connections off after `bytesPerAnswer` bytes. */
async function breakingS3(bytesPerAnswer: number) {
  const ranges: (string | undefined)[] = [];
  const server = createServer(({ headers }, answer) => {
    ranges.push(headers.range === undefined ? undefined : `${headers.range} ${headers['if-match']}`);
    const start = Number(/bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0);
    answer.writeHead(start > 0 ? 206 : 200, { 'content-length': content.length - start, etag: '"one"' });
    const piece = content.subarray(start, start + bytesPerAnswer);
    if (start + piece.length === content.length) answer.end(piece);
    else answer.write(piece, () => setTimeout(() => answer.destroy(), 50));
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const s3 = new S3Client({
    endpoint,
    credentials,
    region: 'us-east-1',
    forcePathStyle: true,
    maxAttempts: 1,
  });
  onTestFinished(() => {
    s3.destroy();
    server.closeAllConnections();
    server.close();
  });
  return { s3, ranges };
}

async function readAll(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

const about = { sql: 'select 1', queryId: 'q' };

test('a result whose connection breaks off goes on at the next byte of the same object', async () => {
  const { s3, ranges } = await breakingS3(200_000);
  const read = await readAll(resultBytes({ s3 }, about, 's3://results/q.csv'));
  expect(read.equals(content)).toBe(true);
  expect(ranges[0]).toBeUndefined();
  expect(ranges.slice(1).every((range) => /^bytes=\d+- "one"$/.test(range ?? ''))).toBe(true);
  expect(ranges.length).toBeGreaterThanOrEqual(3);
});

test('a connection that gives no byte, again and again, is an error of the query', async () => {
  const { s3, ranges } = await breakingS3(0);
  await expect(readAll(resultBytes({ s3 }, about, 's3://results/q.csv'))).rejects.toMatchObject({
    code: 'QUERY_FAILED',
    payload: { queryId: 'q' },
  });
  expect(ranges).toHaveLength(6);
});
