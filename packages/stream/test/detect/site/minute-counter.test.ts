import { expect, test } from 'vitest';
import type { ShopEvent } from '../../../src/detect/shop-event.ts';
import { createMinuteCounter } from '../../../src/detect/site/minute-counter.ts';
import { addSummaries } from '../../../src/detect/site/minute-summary.ts';
import { defaultSiteParameters } from '../../../src/detect/site/parameters.ts';
import { monday } from './shop-minutes.ts';

const { counting } = defaultSiteParameters;

/** A row so many seconds after midnight. */
function row(second: number, actor: string, item: string, action: ShopEvent['action'] = 'view'): ShopEvent {
  const time = monday + second * 1000;
  const id = `${second} ${actor} ${item}`;
  return { row: { id }, id, time, actor, session: undefined, item, action, price: undefined };
}

test('a visit begins once; it stays from its fourth row on, and is over after half an hour without rows', () => {
  const counter = createMinuteCounter(counting);
  for (const second of [0, 10, 20]) counter.observe(row(second, 'a', '7'));
  counter.observe(row(30, 'b', '7'));
  expect(counter.take(monday)).toMatchObject({ rows: 4, views: 4, visits: 2, newcomers: 2, stayed: 0 });
  counter.observe(row(70, 'a', '7'));
  counter.observe(row(71, 'a', '7', 'cart'));
  counter.observe(row(72, 'a', '7', 'purchase'));
  expect(counter.take(monday + 60_000)).toMatchObject({ visits: 0, stayed: 1, shopping: 1, bought: 2 });
  counter.observe(row(1801, 'b', '7'));
  counter.observe(row(1900, 'a', '7'));
  expect(counter.take(monday)).toMatchObject({ visits: 0, newcomers: 0 });
  counter.observe(row(5400, 'a', '7'));
  expect(counter.take(monday)).toMatchObject({ visits: 1, newcomers: 0 });
});

test('a product has the visits that began with it, those that went on, and the lead of one of them', () => {
  const counter = createMinuteCounter(counting);
  for (const [second, actor, item] of [
    [0, 'a', '7'],
    [1, 'a', '7'],
    [2, 'a', '7'],
    [3, 'b', '7'],
    [4, 'b', '8'],
    [5, 'b', '7'],
    [6, 'c', '8'],
  ] as const)
    counter.observe(row(second, actor, item));
  const { products } = counter.take(monday);
  expect(products).toEqual([
    { item: '7', views: 5, alone: 4, lead: 1, landed: 2, wentOn: 1, bought: 0, members: ['a', 'b'] },
    { item: '8', views: 2, alone: 1, lead: 0, landed: 1, wentOn: 0, bought: 0, members: ['c'] },
  ]);
  expect(counter.evidence('7')).toHaveLength(5);
});

/** Rows of actors who come again and again, and of others who come once. */
function* crowd(from: number, to: number): Generator<ShopEvent> {
  for (let second = from; second < to; second++) {
    yield row(
      second,
      `regular ${(second * 7) % 50}`,
      String(second % 5),
      second % 20 === 0 ? 'cart' : 'view',
    );
    if (second % 3 === 0) yield row(second, `once ${second}`, '1');
  }
}

test('what shards count adds up to what one process counts', () => {
  const all = { ...counting, membersPerMinute: 200 };
  const whole = createMinuteCounter(all);
  const shards = [0, 1, 2].map(() => createMinuteCounter(all));
  for (let minute = 0; minute < 60; minute++) {
    for (const event of crowd(minute * 60, minute * 60 + 60)) {
      whole.observe(event);
      shards[(event.actor ?? '').length % 3]?.observe(event);
    }
    const start = monday + minute * 60_000;
    const one = whole.take(start);
    const sum = addSummaries(
      start,
      shards.map((shard) => shard.take(start)),
      200,
    );
    const { products, members, ...counts } = one;
    expect(sum).toMatchObject(counts);
    expect(sum.members.toSorted()).toEqual(members.toSorted());
    const busiest = (summary: typeof one) => summary.products.find(({ item }) => item === '1');
    expect(busiest(sum)).toMatchObject({
      views: busiest(one)?.views,
      landed: busiest(one)?.landed,
      bought: busiest(one)?.bought,
    });
  }
});

test('a counter that is restored goes on as if it had not stopped', () => {
  const whole = createMinuteCounter(counting);
  let stopped = createMinuteCounter(counting);
  for (let minute = 0; minute < 60; minute++) {
    for (const event of crowd(minute * 60, minute * 60 + 60)) {
      whole.observe(event);
      stopped.observe(event);
      if (event.time % 61_000 === 0)
        stopped = createMinuteCounter(counting, JSON.parse(JSON.stringify(stopped.snapshot())));
    }
    expect(stopped.take(monday)).toEqual(whole.take(monday));
  }
});

test('a state is as large after a million clients as after a hundred thousand, and a share of it is smaller', () => {
  const counter = createMinuteCounter({ ...counting, clientBits: 65_536, openVisits: 4096 });
  const size = (share?: number): number => JSON.stringify(counter.snapshot(share)).length;
  const pass = (from: number, to: number): void => {
    for (let client = from; client < to; client++) {
      counter.observe(row(client / 100, `client ${client}`, String(client)));
      if (client % 6000 === 0) counter.take(monday);
    }
  };
  pass(0, 100_000);
  const before = size();
  pass(100_000, 400_000);
  expect(Math.abs(size() - before)).toBeLessThan(before * 0.05);
  expect(size(0.25)).toBeLessThan(before * 0.7);
});
