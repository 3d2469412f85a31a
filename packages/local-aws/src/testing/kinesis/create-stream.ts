import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { jsonCall } from '../aws-call.ts';

const described = z.object({ StreamDescriptionSummary: z.object({ StreamStatus: z.string() }) });

/** The streams that tests of this file have created, with the address of each. */
const created = new Set<{ readonly url: string; readonly StreamName: string }>();

const kinesisCall = (url: string, operation: string, input: object) =>
  jsonCall(url, 'kinesis', `Kinesis_20131202.${operation}`, input, '1.1');

/**
 * Creates a stream with a name of its own, and waits until it is active. On the stand-in, `useAwsSandbox` removes it after the tests of
 * the file.
 *
 * @param url where Kinesis is: of `useKinesisLocal`, or `endpoints.aws` of the stand-in
 * @returns its name
 */
export async function createStream(url: string, shards = 1): Promise<string> {
  const StreamName = `stream-${randomBytes(6).toString('hex')}`;
  await kinesisCall(url, 'CreateStream', { StreamName, ShardCount: shards });
  created.add({ url, StreamName });
  for (;;) {
    const summary = described.parse(await kinesisCall(url, 'DescribeStreamSummary', { StreamName }));
    if (summary.StreamDescriptionSummary.StreamStatus === 'ACTIVE') return StreamName;
    await pause(20);
  }
}

/** Removes the streams that were created at an address. */
export async function deleteStreams(url: string): Promise<void> {
  for (const stream of created) {
    if (stream.url !== url) continue;
    created.delete(stream);
    await kinesisCall(url, 'DeleteStream', { StreamName: stream.StreamName });
  }
}
