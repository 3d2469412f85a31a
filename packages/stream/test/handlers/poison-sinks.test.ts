import type { PutObjectCommand } from '@aws-sdk/client-s3';
import type { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { createS3PoisonSink, createSqsPoisonSink, type PoisonRecord } from '../../src/handlers/index.ts';
import { poisonList } from './deliver.ts';

const poison = (
  sequenceNumber: string,
  data = 'bm8ganNvbg==',
  shard = 'shardId-000000000000',
): PoisonRecord => ({
  ...{
    table: 'shop_events',
    handler: 'sessions',
    stream: 'arn:aws:kinesis:eu-central-1:123456789012:stream/clicks',
  },
  ...{ shard, sequenceNumber, partitionKey: '7', arrivedAt: '2026-01-31T23:59:59.999Z' },
  reasons: [{ column: null, code: 'not_json' }],
  data,
});

/** A client that keeps the input of each command. Its answers are those of `answer`. */
function recording<Command extends { readonly input: unknown }>(
  answer: (call: number) => object = () => ({}),
) {
  const inputs: Command['input'][] = [];
  const send = async (command: Command) => {
    inputs.push(command.input);
    return answer(inputs.length);
  };
  return { inputs, client: { send } as never };
}

test('S3: an object for each shard, whose name is the same when the delivery is repeated', async () => {
  const { client, inputs } = recording<PutObjectCommand>();
  const sink = createS3PoisonSink({ client, bucket: 'shop-poison' });
  const records = [poison('98'), poison('101'), poison('7', 'e30=', 'shardId-000000000001')];
  expect(await sink.put(records)).toEqual([]);
  await sink.put(records);
  expect(inputs.map((input) => input.Key)).toEqual([
    'poison/shop_events/dt=2026-01-31/shardId-000000000000/98-101.jsonl',
    'poison/shop_events/dt=2026-01-31/shardId-000000000001/7-7.jsonl',
    'poison/shop_events/dt=2026-01-31/shardId-000000000000/98-101.jsonl',
    'poison/shop_events/dt=2026-01-31/shardId-000000000001/7-7.jsonl',
  ]);
  const lines = String(inputs[0]?.Body).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(records.slice(0, 2));
});

test('SQS: ten messages a request, and those that it refuses are not stored', async () => {
  const { client, inputs } = recording<SendMessageBatchCommand>((call) =>
    call === 2 ? { Failed: [{ Id: '11', Code: 'InternalError', SenderFault: false }] } : {},
  );
  const oversize = poisonList();
  const sink = createSqsPoisonSink({ client, queueUrl: 'https://sqs/poison', oversize });
  const records = Array.from({ length: 12 }, (_, index) => poison(String(index + 1)));
  expect(await sink.put(records)).toEqual(['12']);
  expect(inputs.map((input) => input.Entries?.length)).toEqual([10, 2]);
  expect(inputs[0]?.Entries?.[0]?.MessageAttributes).toEqual({
    table: { DataType: 'String', StringValue: 'shop_events' },
    handler: { DataType: 'String', StringValue: 'sessions' },
    reason: { DataType: 'String', StringValue: 'not_json' },
  });
  expect(JSON.parse(inputs[0]?.Entries?.[0]?.MessageBody ?? '')).toEqual(records[0]);
  expect(oversize.stored).toEqual([]);
});

test('SQS: requests stay below the maximum, and records above it go elsewhere', async () => {
  const { client, inputs } = recording<SendMessageBatchCommand>();
  const oversize = poisonList();
  const sink = createSqsPoisonSink({ client, queueUrl: 'https://sqs/poison', oversize, maxBytes: 10_000 });
  const records = [
    poison('1', 'A'.repeat(4000)),
    poison('2', 'A'.repeat(20_000)),
    poison('3', 'A'.repeat(4000)),
    poison('4', 'A'.repeat(4000)),
  ];
  expect(await sink.put(records)).toEqual([]);
  expect(inputs.map((input) => input.Entries?.length)).toEqual([2, 1]);
  for (const { Entries } of inputs)
    expect(JSON.stringify(Entries?.map((one) => one.MessageBody)).length).toBeLessThan(10_000);
  expect(oversize.stored.map(({ sequenceNumber }) => sequenceNumber)).toEqual(['2']);
});
