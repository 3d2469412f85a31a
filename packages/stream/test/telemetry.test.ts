import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { telemetryTables, useTelemetry } from '@headwater/local-aws/testing';
import { expect, test } from 'vitest';
import { createDeliveryHandler, deliveredRecords, parseKinesisEvent } from '../src/handlers/index.ts';
import { createRecordSender } from '../src/producer/record-sender.ts';
import { streamNames } from '../src/telemetry/stream-names.ts';
import { contextOf, kinesisDelivery, poisonList } from './handlers/deliver.ts';
import { shop } from './handlers/shop-table.ts';
import { FaultySink } from './producer/faulty-sink.ts';
import { VirtualClock } from './producer/virtual-clock.ts';

const telemetry = useTelemetry();

const good =
  '{"event_time":"2026-01-31T23:59:58Z","event_type":"view","product_id":41,"price":12.5,"user_id":777888,"session_id":"secret"}';
const bad = good.replace('12.5', '"secret price"');
const deliver = (process: () => Promise<object>, texts = [good, bad, good]) =>
  createDeliveryHandler(
    shop,
    { handler: 'tested', process },
    { failures: poisonList(), now: () => 1_769_904_010_500 },
  )(deliveredRecords(parseKinesisEvent('tested', kinesisDelivery(texts))), contextOf());

const of = { 'headwater.handler': 'tested', 'headwater.table': shop.schema.name };

test('a delivery with poison is a span with the work and the poison inside', async () => {
  await deliver(async () => ({}));
  expect(telemetry.spans()).toMatchObject([
    {
      name: 'headwater.process tested',
      failure: undefined,
      attributes: {
        ...of,
        ...{ 'messaging.system': 'aws.kinesis', 'messaging.operation.type': 'process' },
        ...{ 'messaging.destination.name': 'shop-clicks', 'messaging.batch.message_count': 3 },
        ...{ 'headwater.events': 2, 'headwater.poisoned': 1, 'headwater.unprocessed': 0 },
      },
      children: [{ name: 'headwater.handle' }, { name: 'headwater.poison' }],
    },
  ]);
  const measured = await telemetry.measured();
  const records = (outcome: string): number | undefined =>
    measured[`headwater.stream.records ${JSON.stringify({ ...of, 'headwater.outcome': outcome })}`];
  expect([records('events'), records('poisoned'), records('unprocessed')]).toEqual([2, 1, undefined]);
  expect(measured[`headwater.stream.age ${JSON.stringify(of)}`]).toBe(1);
});

test('a delivery that fails ends its span with the name of the error', async () => {
  class TableMissing extends Error {
    override readonly name = 'TableMissing';
  }
  await expect(deliver(() => Promise.reject(new TableMissing('of user 777888')))).rejects.toThrow();
  expect(telemetry.spans()).toMatchObject([
    { failure: 'TableMissing', children: [{ name: 'headwater.handle', failure: 'TableMissing' }] },
  ]);
});

test('nothing that a record has is told', async () => {
  await deliver(async () => ({}));
  await deliver(() => Promise.reject(new Error(`of ${good}`))).catch(() => undefined);
  const told = JSON.stringify([telemetry.spans(), await telemetry.measured()]);
  expect(told).toContain('tested');
  for (const secret of ['secret', '777888', '12.5', 'session_id']) expect(told).not.toContain(secret);
});

test('a producer tells each request, and what became of its records', async () => {
  const clock = new VirtualClock();
  const sink = new FaultySink(clock, () => 0.5, { records: 0, throttled: 0, broken: 0, lostAnswers: 0 });
  const sender = createRecordSender({ sink, clock, onUnsent: () => undefined });
  for (const text of ['1', '2', 'bad']) await sender.send({ partitionKey: text, data: Buffer.from(text) });
  await clock.until(sender.close());
  const [span] = telemetry.spans();
  expect(span).toMatchObject({
    name: 'headwater.send',
    attributes: {
      ...{ 'messaging.operation.type': 'send', 'messaging.batch.message_count': 3 },
      ...{ 'headwater.sent': 2, 'headwater.given_up': 1, 'headwater.retried': 0 },
    },
  });
  expect(await telemetry.measured()).toMatchObject({
    'headwater.stream.sent {"headwater.outcome":"sent"}': 2,
    'headwater.stream.sent {"headwater.outcome":"given_up"}': 1,
  });
});

test('the README lists every name', async () => {
  const readme = await readFile(join(import.meta.dirname, '..', 'README.md'), 'utf8');
  expect(readme).toContain(telemetryTables(streamNames));
});
