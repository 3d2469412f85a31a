import { isHeadwaterError } from '@headwater/core';
import { expect, test } from 'vitest';
import { deliveredRecords, parseKinesisEvent, parseKinesisWindowEvent } from '../../src/handlers/index.ts';
import { recordedEvent } from './deliver.ts';

test('a delivery of Kinesis is records with their shard, arrival to the millisecond and stream', () => {
  const [first, ...others] = deliveredRecords(parseKinesisEvent('sessions', recordedEvent('kinesis')));
  expect(first).toEqual({
    data: expect.stringMatching(/^eyJ/),
    sequenceNumber: '49571138436524809123456789012345678901234567890123450002',
    partitionKey: '7',
    arrivedAt: new Date('2026-01-31T23:59:58.512Z'),
    shard: 'shardId-000000000003',
    stream: 'arn:aws:kinesis:eu-central-1:123456789012:stream/shop-clicks',
  });
  expect(others).toHaveLength(3);
});

test('a window has its borders and state, and its last delivery may have no records', () => {
  const event = recordedEvent('kinesis-window');
  expect(parseKinesisWindowEvent('alerts', event)).toMatchObject({
    window: { start: '2026-01-31T23:59:00Z', end: '2026-02-01T00:00:00Z' },
    state: { view: 3 },
    isFinalInvokeForWindow: false,
  });
  const { state: _, ...last } = { ...event, Records: [], isFinalInvokeForWindow: true };
  expect(parseKinesisWindowEvent('alerts', last).Records).toEqual([]);
});

test.each<[string, unknown, string]>([
  ['nothing', undefined, 'the event'],
  ['an event of Firehose', recordedEvent('firehose'), 'Records'],
  [
    'an event of SQS',
    { Records: [{ eventSource: 'aws:sqs', body: '{"email":"a@b"}' }] },
    'Records.0.eventID',
  ],
  [
    'DynamoDB streams',
    {
      Records: recordedEvent('kinesis').Records.map((one: object) => ({
        ...one,
        eventSource: 'aws:dynamodb',
      })),
    },
    'Records.0.eventSource',
  ],
])('%s is refused by the name of a field, without its values', (_, event, field) => {
  try {
    parseKinesisEvent('sessions', event);
  } catch (error) {
    if (!isHeadwaterError(error, 'DELIVERY_INVALID')) throw error;
    expect(error.message).toContain(`${field}: `);
    expect(error.message).not.toContain('a@b');
    return;
  }
  expect.unreachable();
});

test('a delivery without a window is none with one', () => {
  expect(() => parseKinesisWindowEvent('alerts', recordedEvent('kinesis'))).toThrow('with a tumbling window');
});
