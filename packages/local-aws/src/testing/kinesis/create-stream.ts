import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { jsonCall } from '../aws-call.ts';

const described = z.object({ StreamDescriptionSummary: z.object({ StreamStatus: z.string() }) });

/**
 * Creates a stream with a name of its own, and waits until it is active. On the stand-in it stays until its end, like the data of
 * other tests, so keep it small.
 *
 * @param url where Kinesis is: of `useKinesisLocal`, or `endpoints.aws` of the stand-in
 * @returns its name
 */
export async function createStream(url: string, shards = 1): Promise<string> {
  const StreamName = `stream-${randomBytes(6).toString('hex')}`;
  const call = (operation: string, input: object) =>
    jsonCall(url, 'kinesis', `Kinesis_20131202.${operation}`, { StreamName, ...input }, '1.1');
  await call('CreateStream', { ShardCount: shards });
  for (;;) {
    const summary = described.parse(await call('DescribeStreamSummary', {}));
    if (summary.StreamDescriptionSummary.StreamStatus === 'ACTIVE') return StreamName;
    await pause(20);
  }
}
