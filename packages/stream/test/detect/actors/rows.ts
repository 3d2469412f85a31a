import type { Breach } from '../../../src/alerts/finding.ts';
import { actorDetector } from '../../../src/detect/actors/actor-detector.ts';
import type { Detector } from '../../../src/detect/detector.ts';
import type { ShopAction, ShopEvent } from '../../../src/detect/shop-event.ts';

/** A row of an invented shop: what an actor does with a product, some seconds after the beginning. */
export type Row = readonly [
  second: number,
  action: ShopAction,
  item: number | string,
  actor?: string,
  session?: string,
];

export const beginning = Date.UTC(2026, 2, 1, 9);

export const eventOf = ([second, action, item, actor = 'visitor', session]: Row): ShopEvent => ({
  ...{ row: { second, action, item, actor }, id: '', session, price: undefined },
  ...{ time: beginning + second * 1000, actor, item: String(item), action },
});

export type Told = Parameters<Parameters<Detector['observe']>[1]>[0];

/** A detector with default parameters. */
export const newDetector = (state?: unknown): Detector =>
  actorDetector.create(
    { schema: undefined as never, site: 'shop', zone: 'UTC' },
    actorDetector.defaults,
    state,
  );

/** What is found in rows. */
export const findIn = (rows: Iterable<Row>, detector = newDetector()): Told[] =>
  findAll([...rows].map(eventOf), detector);

/** What is found in rows, and in the hour after them when `rest` is true. */
export function findAll(rows: readonly ShopEvent[], detector = newDetector(), rest = true): Told[] {
  const found: Told[] = [];
  const report = (breach: Told): void => void found.push(breach);
  let minute = minuteAfter(rows[0]?.time ?? 0);
  const endMinutes = (time: number): void => {
    for (; minute <= time; minute += 60_000) detector.endMinute(minute, report);
  };
  for (const row of rows) {
    endMinutes(row.time);
    detector.observe(row, report);
  }
  if (rest) endMinutes(minute + 3_600_000);
  return found;
}

const minuteAfter = (time: number): number => (Math.floor(time / 60_000) + 1) * 60_000;

/** The kinds that are found in rows. */
export const kindsIn = (rows: Iterable<Row>): Breach['kind'][] => [
  ...new Set(findIn(rows).map(({ kind }) => kind)),
];

/** Numbers from 0 to `below`, the same in each run. */
export function numbersBelow(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}

/** `count` values of a function of the place. */
export const times = <Value>(count: number, value: (place: number) => Value): Value[] =>
  Array.from({ length: count }, (_, place) => value(place));

/** Puts pauses between actions. */
export function spaced(
  steps: readonly (readonly [ShopAction, number | string])[],
  gapBefore: (place: number) => number,
): Row[] {
  let second = 0;
  return steps.map(([action, item], place) => {
    second += place === 0 ? 0 : gapBefore(place);
    return [second, action, item];
  });
}
