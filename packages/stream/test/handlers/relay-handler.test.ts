import { defineEvents, timestamp } from '@headwater/core';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { createAlertRelayHandler } from '../../src/handlers/index.ts';
import { createEmbeddedAlertStore, createEmbeddedNotifier, type Incident } from '../../src/index.ts';
import { contextOf, kinesisDelivery, poisonList, sequenceNumberOf } from './deliver.ts';
import { shop } from './shop-table.ts';

const answerOf = (actor: number, tens: number, actions: number): string => {
  const [start, end] = [tens, tens + 1].map((one) =>
    new Date(Date.UTC(2026, 1, 1) + one * 10_000).toISOString(),
  );
  return JSON.stringify({
    ...{ answer_key: `many-actions|${actor}|${start}`, window_start: start, window_end: end },
    ...{ actor, actions, threshold: 10 },
  });
};

function relay() {
  const notifier = createEmbeddedNotifier();
  const failures = poisonList();
  const store = createEmbeddedAlertStore();
  return { notifier, failures, handler: createAlertRelayHandler(shop, { store, notifier, failures }) };
}
const told = ({ notifier }: ReturnType<typeof relay>) =>
  notifier
    .messages()
    .map(({ body }): Incident => JSON.parse(body))
    .map(({ subject, state, seen }) => `${subject} ${state} ${seen}`);

test('an answer is told once, whatever is delivered again', async () => {
  const one = relay();
  const delivery = kinesisDelivery([answerOf(7, 0, 12), answerOf(8, 0, 11), answerOf(7, 0, 12)]);
  for (let times = 0; times < 3; times += 1)
    expect(await one.handler(delivery, contextOf())).toEqual({ batchItemFailures: [] });
  expect(told(one)).toEqual(['7 open 12', '8 open 11']);
});

test('windows of one actor are one incident, told again when it has doubled, and a later one closes it', async () => {
  const one = relay();
  await one.handler(
    kinesisDelivery([answerOf(7, 0, 12), answerOf(7, 1, 14), answerOf(7, 40, 30)]),
    contextOf(),
  );
  await one.handler(kinesisDelivery([answerOf(7, 900, 11)], { first: 9 }), contextOf());
  expect(told(one)).toEqual(['7 open 12', '7 update 30', '7 closed 30', '7 open 11']);
});

test('what is no answer goes to the failure destination with its reasons', async () => {
  const one = relay();
  const bad = ['no json', answerOf(7, 0, 0), answerOf(7, 0, 12).replace('"actor":7', '"actor":"x"')];
  expect(await one.handler(kinesisDelivery([...bad, answerOf(9, 0, 11)]), contextOf())).toEqual({
    batchItemFailures: [],
  });
  expect(
    one.failures.stored.map(({ sequenceNumber, reasons }) => [sequenceNumber, reasons[0]]),
  ).toMatchObject([
    [sequenceNumberOf(1), { column: null, code: 'not_json' }],
    [sequenceNumberOf(2), { column: 'actions' }],
    [sequenceNumberOf(3), { column: 'actor' }],
  ]);
  expect(told(one)).toEqual(['9 open 11']);
});

test('a table without actors is refused', () => {
  const { notifier, failures } = relay();
  const site = defineEvents('site', {
    columns: { at: timestamp(), page: z.string() },
    roles: { time: 'at' },
  });
  expect(() =>
    createAlertRelayHandler(site, { store: createEmbeddedAlertStore(), notifier, failures }),
  ).toThrow(expect.objectContaining({ code: 'ROLE_MISSING' }));
});
