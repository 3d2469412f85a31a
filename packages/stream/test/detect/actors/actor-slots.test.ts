import { expect, test } from 'vitest';
import { wordsOfActor } from '../../../src/detect/actors/actor-detector.ts';
import { createActorSlots } from '../../../src/detect/actors/memory/actor-slots.ts';
import { fieldsAt } from '../../../src/detect/actors/memory/words.ts';

const limits = { newcomers: 3, known: 2, suspects: 1 };

function slotsWith(forgotten: string[], state?: Parameters<typeof createActorSlots>[4]) {
  const slots = createActorSlots(4, limits, 1000, (actor) => forgotten.push(actor), state);
  return { slots, fields: fieldsAt(slots.cursor, { rows: 1, list: 3 }, 0) };
}

test('an actor takes 296 bytes', () => {
  expect(wordsOfActor * 4).toBeLessThanOrEqual(296);
});

test('newcomers push out newcomers, and leave the known and suspects alone', () => {
  const forgotten: string[] = [];
  const { slots, fields } = slotsWith(forgotten);
  for (const [actor, level] of [
    ['a', 'known'],
    ['b', 'suspects'],
    ['c', 'known'],
  ] as const) {
    slots.take(actor, 0);
    fields.rows = 7;
    slots.raise(level);
  }
  for (let one = 0; one < 1000; one++) slots.take(`n${one}`, 1);
  expect(slots.size).toBe(6);
  expect(forgotten).toHaveLength(997);
  for (const actor of ['a', 'b', 'c']) {
    slots.take(actor, 2);
    expect(fields.rows).toBe(7);
  }
  // The known one that was away for longest makes room.
  slots.take('n999', 3);
  slots.raise('known');
  expect(forgotten.at(-1)).toBe('a');
});

test('an actor that was away for the lifetime is new', () => {
  const forgotten: string[] = [];
  const { slots, fields } = slotsWith(forgotten);
  slots.take('a', 0);
  fields.rows = 7;
  fields.list.set(2, 9);
  slots.take('a', 1000);
  expect([fields.rows, fields.list.get(2), slots.before]).toEqual([7, 9, 0]);
  slots.take('a', 2001);
  expect([fields.rows, fields.list.get(2), slots.before]).toEqual([0, 0, Number.NEGATIVE_INFINITY]);
  expect(forgotten).toEqual(['a']);
});

test('a slot that is given out again is empty', () => {
  const { slots, fields } = slotsWith([]);
  for (let one = 0; one < 50; one++) {
    slots.take(`n${one}`, one);
    expect(fields.rows).toBe(0);
    fields.rows = 0xffff_ffff;
    fields.list.set(0, 1);
  }
});

test('a snapshot has words, levels and the order of the last use', () => {
  const { slots, fields } = slotsWith([]);
  for (const actor of ['a', 'b', 'c', 'a']) {
    slots.take(actor, 5);
    fields.rows += 1;
    fields.list.set(1, 0xdead_beef);
  }
  slots.take('b', 6);
  slots.raise('suspects');
  const state = JSON.parse(JSON.stringify(slots.snapshot()));
  const again = slotsWith([], state);
  expect(again.slots.snapshot()).toEqual(state);
  again.slots.take('a', 7);
  expect([again.fields.rows, again.fields.list.get(1), again.slots.before]).toEqual([2, 0xdead_beef, 5]);
  again.slots.take('b', 7);
  expect(again.slots.isSuspect).toBe(true);
});
