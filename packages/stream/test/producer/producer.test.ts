import { createHash } from 'node:crypto';
import { decimal, defineEvents, timestamp } from '@headwater/core';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { closeOnSignal, createProducer, type PutEntry, type RecordSink } from '../../src/producer/index.ts';
import { shop } from './shop.ts';

/** Keeps what is put; records with the note `lost` are refused. */
function keepingSink(): RecordSink & { readonly entries: PutEntry[] } {
  const entries: PutEntry[] = [];
  return {
    entries,
    putRecords: async (put) => {
      entries.push(...put);
      return put.map(({ data }, index) =>
        Buffer.from(data).includes('lost')
          ? { errorCode: 'InvalidArgumentException', errorMessage: 'lost' }
          : { sequenceNumber: String(index), shardId: 'shardId-000000000000' },
      );
    },
  };
}
const event = { at: new Date(0), kind: 'view', visitor: 'v1', product: 1n } as const;

it('counts what is sent, given up and invalid, and gives events back as they were', async () => {
  const sink = keepingSink();
  const unsent: unknown[] = [];
  const producer = createProducer(shop, { sink, onUnsent: (one) => void unsent.push(one) });
  const lost = { ...event, note: 'lost' };
  await producer.send(event);
  await producer.send(lost);
  await expect(producer.send({ ...event, price: -1 })).rejects.toMatchObject({ code: 'EVENT_INVALID' });
  expect(await producer.close()).toMatchObject({ accepted: 2, sent: 1, unsent: 1, buffered: 0, invalid: 1 });
  expect(unsent).toMatchObject([{ reason: 'refused', code: 'InvalidArgumentException', attempts: 1 }]);
  expect(Object(unsent[0]).event).toBe(lost);
  await expect(producer.send(event)).rejects.toMatchObject({ code: 'PRODUCER_CLOSED' });
});

it('sends the rest when its block ends', async () => {
  const sink = keepingSink();
  {
    await using producer = createProducer(shop, { sink, lingerMilliseconds: 60_000 });
    await producer.send(event);
    expect(sink.entries).toEqual([]);
  }
  expect(sink.entries).toHaveLength(1);
});

it('takes the actor for the partition key', async () => {
  const sink = keepingSink();
  await using producer = createProducer(shop, {
    sink,
    order: 'none',
    clock: { ...clock, random: () => 0.25 },
  });
  for (const visitor of ['v1', '', 'x'.repeat(257), null, undefined])
    await producer.send({ ...event, visitor });
  await producer.flush();
  expect(sink.entries.map(({ partitionKey }) => partitionKey)).toEqual([
    'v1',
    'none-250',
    createHash('sha256').update('x'.repeat(257)).digest('hex'),
    'none-250',
    'none-250',
  ]);
});

const clock = {
  now: () => 0,
  random: () => 0.5,
  pause: () => Promise.resolve(),
};

it('takes the session in a table without actors, and otherwise asks for a key', async () => {
  const columns = { at: timestamp(), session: z.int64(), price: decimal(10, 2) };
  const sink = keepingSink();
  const sessions = defineEvents('s', { columns, roles: { time: 'at', session: 'session' } });
  await using producer = createProducer(sessions, { sink });
  await producer.send({ at: new Date(0), session: 12n, price: 1 });
  await producer.flush();
  expect(sink.entries.map(({ partitionKey }) => partitionKey)).toEqual(['12']);
  const nobody = defineEvents('n', { columns, roles: { time: 'at' } });
  expect(() => createProducer(nobody, { sink })).toThrow('n has no column with the role actor or session');
  await using keyed = createProducer(nobody, { sink, partitionKey: ({ price }) => `p${price}` });
  await keyed.send({ at: new Date(0), session: 12n, price: 1.5 });
  await keyed.flush();
  expect(sink.entries.at(-1)?.partitionKey).toBe('p1.5');
});

it('refuses an event that is larger than a record', async () => {
  await using producer = createProducer(shop, { sink: keepingSink(), recordBytes: 200 });
  await producer.send({ ...event, note: 'x'.repeat(50) });
  await expect(producer.send({ ...event, note: 'x'.repeat(200) })).rejects.toMatchObject({
    code: 'EVENT_INVALID',
    payload: { reasons: [{ column: null, code: 'record_too_large' }] },
  });
  expect(() => createProducer(shop, { sink: keepingSink(), recordBytes: 11 * 1024 * 1024 })).toThrow(
    'recordBytes',
  );
});

it('closes on a signal, which then ends the process', async () => {
  const listeners = new Map<string, (signal: NodeJS.Signals) => void>();
  const killed = Promise.withResolvers<NodeJS.Signals>();
  const source = {
    pid: 1,
    on: (signal: string, listener: (signal: NodeJS.Signals) => void) => listeners.set(signal, listener),
    removeListener: (signal: string) => listeners.delete(signal),
    kill: (_: number, signal: NodeJS.Signals) => killed.resolve(signal),
  };
  const sink = keepingSink();
  const producer = createProducer(shop, { sink, lingerMilliseconds: 60_000 });
  closeOnSignal(producer, { source });
  await producer.send(event);
  listeners.get('SIGTERM')?.('SIGTERM');
  expect(await killed.promise).toBe('SIGTERM');
  expect(sink.entries).toHaveLength(1);
  expect(listeners.size).toBe(0);
});
