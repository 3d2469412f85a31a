import { expect, test } from 'vitest';
import type { ShopEvent } from '../../../src/detect/shop-event.ts';
import { membersOf, row, watch } from './watch.ts';

/** Gaps of a script, in seconds. */
const gaps = [12, 31, 7, 18, 25, 9, 14];

/** An actor that views a list of products, with these gaps. */
function reads(
  actor: string,
  from: number,
  gapOf: (place: number) => number,
  { list = 'list', length = 8 } = {},
): ShopEvent[] {
  const rows: ShopEvent[] = [];
  let second = from;
  for (let place = 0; place < length; place++) {
    rows.push(row(second, actor, `${list} ${place}`));
    second += gapOf(place);
  }
  return rows;
}

const scripted = (place: number): number => gaps[place % gaps.length] ?? 0;
/** A pause of a person, between 1 and 120 seconds, without any order. */
const person = (number: number, place: number): number => {
  let mixed = Math.imul(number * 64 + place + 1, 0x9e37_79b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85eb_ca6b);
  return 1 + (((mixed ^ (mixed >>> 13)) >>> 0) % 120);
};

const ring = Array.from({ length: 6 }, (_, robot) =>
  reads(`robot ${robot}`, 1000 + robot * 300, (place) => scripted(place) + ((robot + place) % 3)),
).flat();
const names = Array.from({ length: 6 }, (_, robot) => `robot ${robot}`);

test('actors with the same run of products and equal gaps are one campaign', () => {
  const found = watch(ring);
  expect(membersOf(found)).toEqual({ 'lockstep-ring:robot 0': names });
  expect(found[0]).toMatchObject({ subjectType: 'campaign', seen: 3, score: 1, severity: 'warning' });
});

test('a second run of the same actors, hours later, is the same subject', () => {
  const later = names.flatMap((name, robot) =>
    reads(name, 30_000 + robot * 60, scripted, { list: 'another list' }),
  );
  const found = watch([...ring, ...later]);
  expect(Object.keys(membersOf(found))).toEqual(['lockstep-ring:robot 0']);
  // It is known, so it is not told again.
  expect(found).toEqual(watch(ring));
});

test('a newsletter and a posted list, which people follow at a pace of their own, are left alone', () => {
  const readers = Array.from({ length: 400 }, (_, reader) =>
    reads(`reader ${reader}`, 1000 + reader * 9, (place) => person(reader, place)),
  ).flat();
  expect(watch(readers)).toEqual([]);
  // And among them, a ring is found.
  const found = watch([
    ...readers,
    ...ring.map((event) => ({ ...event, item: `list ${event.item?.at(-1)}` })),
  ]);
  expect(membersOf(found)).toEqual({ 'lockstep-ring:robot 0': names });
});

test('a class that follows its teacher has nearly the same gaps, and few equal ones', () => {
  const pupils = Array.from({ length: 20 }, (_, pupil) =>
    Array.from({ length: 7 }, (_, page) =>
      row(1000 + page * 60 + (person(pupil, page) % 8), `pupil ${pupil}`, `page ${page}`),
    ),
  ).flat();
  expect(watch(pupils)).toEqual([]);
  const anyShare = watch(pupils, (defaults) => ({
    ...defaults,
    lockstepRing: { ...defaults.lockstepRing, share: 0 },
  }));
  expect(anyShare).not.toEqual([]);
});

test('people who open the same list in tabs, or look at two products in turn, are left alone', () => {
  const tabs = names.flatMap((name, number) => reads(name, 1000 + number * 200, () => 1));
  const turns = names.flatMap((name, number) =>
    reads(name, 1000 + number * 200, scripted).map((event, place) => ({
      ...event,
      item: `item ${place % 2}`,
    })),
  );
  const alone = reads('robot 0', 1000, scripted);
  for (const rows of [tabs, turns, alone]) expect(watch(rows)).toEqual([]);
});
