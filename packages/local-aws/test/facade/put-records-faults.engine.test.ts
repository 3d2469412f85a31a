import {
  GetShardIteratorCommand,
  KinesisClient,
  ListStreamsCommand,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { beforeEach, expect, it } from 'vitest';
import {
  createStream,
  orderPutRecordsFaults,
  orderThrottling,
  useAwsSandbox,
} from '../../src/testing/index.ts';
import { readStream } from './read-stream.ts';

const aws = useAwsSandbox('put-faults');
const kinesis = new KinesisClient({ requestHandler: new NodeHttpHandler(), maxAttempts: 1 });
let stream = '';
beforeEach(async () => {
  stream = await createStream(aws.endpoints.aws, 2);
});

const put = async (...keys: readonly string[]) => {
  const { FailedRecordCount, Records = [] } = await kinesis.send(
    new PutRecordsCommand({
      StreamName: stream,
      Records: keys.map((PartitionKey) => ({ PartitionKey, Data: Buffer.from(`event of ${PartitionKey}`) })),
    }),
  );
  return {
    failed: FailedRecordCount,
    results: Records.map(({ ErrorCode, SequenceNumber }) => ErrorCode ?? typeof SequenceNumber),
  };
};
const stored = async () => [...(await readStream(kinesis, stream))].map(({ text }) => text).sort();

it('lets the records of a script fail, and puts the others', async () => {
  await orderPutRecordsFaults(aws.endpoints.aws, {
    stream,
    steps: [
      { partitionKeys: ['b'] },
      { positions: [0], error: 'InternalFailure' },
      'pass',
      { partitionKeys: ['a', 'b'] },
    ],
  });
  const throttled = 'ProvisionedThroughputExceededException';
  expect(await put('a', 'b', 'c')).toEqual({ failed: 1, results: ['string', throttled, 'string'] });
  expect(await put('d', 'e')).toEqual({ failed: 1, results: ['InternalFailure', 'string'] });
  expect(await put('b')).toEqual({ failed: 0, results: ['string'] });
  expect(await put('a', 'b')).toEqual({ failed: 2, results: [throttled, throttled] });
  expect(await put('f')).toEqual({ failed: 0, results: ['string'] });
  expect(await stored()).toEqual(['a', 'b', 'c', 'e', 'f'].map((key) => `event of ${key}`));
});

it('lets whole requests fail, and loses answers of requests that put', async () => {
  await orderPutRecordsFaults(aws.endpoints.aws, {
    stream,
    steps: [
      { request: 'ProvisionedThroughputExceededException' },
      { request: 'InternalFailure' },
      { request: 'ServiceUnavailable' },
      { answer: 'lost' },
    ],
  });
  const status = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } });
  await expect(put('a')).rejects.toMatchObject({
    name: 'ProvisionedThroughputExceededException',
    ...status(400),
  });
  await expect(put('b')).rejects.toMatchObject(status(500));
  await expect(put('c')).rejects.toMatchObject(status(503));
  await expect(put('d')).rejects.toMatchObject(status(500));
  expect(await stored()).toEqual(['event of d']);
});

it('draws faults by a seed', async () => {
  const random = { seed: 7, records: 0.3, requests: 0.2, lostAnswers: 0.1 };
  const outcomes = async () => {
    await orderPutRecordsFaults(aws.endpoints.aws, { stream, random });
    const seen: unknown[] = [];
    for (let request = 0; request < 15; request += 1)
      seen.push(
        await put('a', 'b', 'c').then(
          ({ results }) => results.join(),
          (error: Error) => error.name,
        ),
      );
    return seen;
  };
  const first = await outcomes();
  expect(await outcomes()).toEqual(first);
  expect(new Set(first).size).toBeGreaterThan(4);
  await orderPutRecordsFaults(aws.endpoints.aws, { stream });
  expect((await put('a', 'b')).failed).toBe(0);
});

it('lets other requests of the service fail', async () => {
  const iterator = () =>
    kinesis.send(
      new GetShardIteratorCommand({
        StreamName: stream,
        ShardId: 'shardId-000000000000',
        ShardIteratorType: 'TRIM_HORIZON',
      }),
    );
  await orderThrottling(aws.endpoints.aws, { service: 'Kinesis', operation: 'GetShardIterator', count: 1 });
  await kinesis.send(new ListStreamsCommand());
  await expect(iterator()).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
  await iterator();
});
