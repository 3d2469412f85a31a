import { HeadwaterError } from '@headwater/core';
import { expect, it } from 'vitest';
import { createRecordSender } from '../../src/producer/record-sender.ts';
import type { PutEntry } from '../../src/producer/record-sink.ts';
import type { SendOptions } from '../../src/producer/send-options.ts';
import type { UnsentRecord } from '../../src/producer/unsent-record.ts';
import { FaultySink } from './faulty-sink.ts';
import { VirtualClock } from './virtual-clock.ts';

const none = { records: 0, throttled: 0, broken: 0, lostAnswers: 0 };

function begin(options: SendOptions = {}, faults: Partial<typeof none> = {}) {
  const clock = new VirtualClock();
  const sink = new FaultySink(clock, () => 0.5, { ...none, ...faults });
  const unsent: UnsentRecord[] = [];
  const sender = createRecordSender({
    ...options,
    sink,
    clock,
    onUnsent: (record) => void unsent.push(record),
  });
  return { clock, sink, unsent, sender };
}
const entry = (key: string, text: string): PutEntry => ({ partitionKey: key, data: Buffer.from(text) });

it('waits for company, and no longer than it may', async () => {
  const { clock, sink, sender } = begin({ lingerMilliseconds: 100 });
  await sender.send(entry('a', '1'));
  await clock.until(clock.pause(50));
  await sender.send(entry('b', '2'));
  await clock.until(clock.pause(45));
  expect(sink.requests).toEqual([]);
  await clock.until(clock.pause(10));
  expect(sink.requests).toEqual([['1', '2']]);
});

it('sends a full request at once, and flush sends what there is', async () => {
  const { clock, sink, sender } = begin({ lingerMilliseconds: 1e6 });
  for (let index = 0; index < 501; index += 1) await sender.send(entry(`k${index}`, String(index)));
  await clock.until(clock.pause(50));
  expect(sink.requests.map(({ length }) => length)).toEqual([500]);
  await clock.until(sender.flush());
  expect(sink.requests.map(({ length }) => length)).toEqual([500, 1]);
  expect(sender.counts).toMatchObject({ accepted: 501, sent: 501, buffered: 0, requests: 2, retried: 0 });
});

it('puts records in the order of the calls when the order of keys does not matter', async () => {
  const { clock, sink, sender } = begin({ order: 'none', requestsInFlight: 1 });
  for (const text of ['1', '2', '3']) await sender.send(entry('a', text));
  await clock.until(sender.close());
  expect(sink.requests).toEqual([['1', '2', '3']]);
});

it('gives one record of a key to a request, and others their turns', async () => {
  const { clock, sink, sender } = begin({ requestsInFlight: 1 });
  for (const text of ['1', '2', '3']) await sender.send(entry('a', text));
  await sender.send(entry('b', '4'));
  await clock.until(sender.close());
  expect(sink.requests).toEqual([['1', '4'], ['2'], ['3']]);
});

it('makes send wait while the buffer is full, and refuses too many that wait', async () => {
  const { clock, sender } = begin({ bufferRecords: 2 });
  await sender.send(entry('a', '1'));
  await sender.send(entry('b', '2'));
  let isTaken = false;
  const third = sender.send(entry('c', '3')).then(() => {
    isTaken = true;
  });
  const fourth = sender.send(entry('d', '4'));
  await expect(sender.send(entry('e', '5'))).rejects.toMatchObject({
    code: 'PRODUCER_OVERFLOW',
    retryable: true,
  });
  expect(isTaken).toBe(false);
  await clock.until(Promise.all([third, fourth]));
  expect(await clock.until(sender.close())).toMatchObject({ accepted: 4, sent: 4, unsent: 0 });
  await expect(sender.send(entry('f', '6'))).rejects.toMatchObject({ code: 'PRODUCER_CLOSED' });
});

it('counts the bytes of its buffer, and takes a larger record when it is empty', async () => {
  const { clock, sender } = begin({ bufferBytes: 10 });
  const taken: string[] = [];
  const calls = ['1234567', '1', '12', '12345678901234'].map((text) =>
    sender.send(entry('a', text)).then(() => taken.push(text)),
  );
  await Promise.resolve();
  expect(taken).toEqual(['1234567', '1']);
  expect(sender.counts.buffered).toBe(2);
  await clock.until(Promise.all(calls));
  expect(await clock.until(sender.close())).toMatchObject({ sent: 4 });
});

it('finds the record for which a whole request is refused', async () => {
  const { clock, sink, unsent, sender } = begin();
  for (const text of ['1', '2', '3', 'too large', '5']) await sender.send(entry(text, text));
  expect(await clock.until(sender.close())).toMatchObject({ accepted: 5, sent: 4, unsent: 1, retried: 0 });
  expect(unsent).toMatchObject([
    { reason: 'refused', code: 'ValidationException', attempts: 1, mayBeStored: false },
  ]);
  expect(sink.stored.map(({ text }) => text).sort()).toEqual(['1', '2', '3', '5']);
});

it('gives up after the attempts, or the age, that it may have', async () => {
  const attempts = begin({ maximumAttempts: 3 }, { records: 1 });
  await attempts.sender.send(entry('a', '1'));
  await attempts.clock.until(attempts.sender.close());
  expect(attempts.unsent).toMatchObject([{ reason: 'attempts', attempts: 3, mayBeStored: false }]);
  const age = begin({ maximumAgeSeconds: 60, maximumAttempts: 1e6 }, { broken: 1 });
  await age.sender.send(entry('a', '1'));
  await age.clock.until(age.sender.close());
  expect(age.unsent).toMatchObject([{ reason: 'age', mayBeStored: true, message: 'socket hang up' }]);
  expect(age.clock.now()).toBeGreaterThan(60_000);
  expect(age.clock.now()).toBeLessThan(70_000);
});

it('asks once for what this program lacks', async () => {
  const clock = new VirtualClock();
  let requests = 0;
  const sink = {
    putRecords: async () => {
      requests += 1;
      throw new HeadwaterError('PACKAGE_MISSING', { package: 'a-client', purpose: 'Sending' });
    },
  };
  const unsent: UnsentRecord[] = [];
  const sender = createRecordSender({ sink, clock, onUnsent: (record) => void unsent.push(record) });
  await sender.send(entry('a', '1'));
  await clock.until(sender.close());
  expect([requests, unsent.length]).toEqual([1, 1]);
  expect(unsent[0]).toMatchObject({ code: 'PACKAGE_MISSING', mayBeStored: false });
});

it('gives up the rest when the time for closing is over', async () => {
  const { clock, unsent, sender } = begin({}, { throttled: 1 });
  for (const text of ['1', '2']) await sender.send(entry('a', text));
  const counts = await clock.until(sender.close({ timeoutSeconds: 2 }));
  expect(counts).toMatchObject({ accepted: 2, sent: 0, unsent: 2 });
  expect(unsent.map(({ reason, attempts }) => [reason, attempts > 0])).toEqual([
    ['closed', true],
    ['closed', false],
  ]);
  expect(clock.now()).toBeLessThan(2100);
});

it('throws what nobody was told', async () => {
  const clock = new VirtualClock();
  const sink = new FaultySink(clock, () => 0.5, none);
  const silent = createRecordSender({ sink, clock });
  await silent.send(entry('a', 'bad'));
  await expect(clock.until(silent.flush())).rejects.toMatchObject({
    code: 'EVENTS_UNSENT',
    payload: { unsent: 1, reasons: [{ reason: 'refused', code: 'InvalidArgumentException', records: 1 }] },
  });
  await silent.send(entry('a', 'good'));
  expect(await clock.until(silent.close())).toMatchObject({ accepted: 2, sent: 1, unsent: 1 });
  const throwing = createRecordSender({
    sink,
    clock,
    onUnsent: () => {
      throw new Error('disk full');
    },
  });
  await throwing.send(entry('a', 'bad'));
  await expect(clock.until(throwing.close())).rejects.toThrow('disk full');
});

it.each([
  [{ requestsInFlight: 0 }, 'requestsInFlight 0: expected a number from 1 on'],
  [{ lingerMilliseconds: Number.NaN }, 'lingerMilliseconds NaN: expected a number from 0 on'],
  [{ order: 'actor' as 'key' }, 'order actor: expected key or none'],
])('refuses %o', (options, message) => {
  expect(() => begin(options)).toThrow(message);
});
