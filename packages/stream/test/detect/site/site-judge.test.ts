import { describe, expect, test } from 'vitest';
import type { MinuteSummary } from '../../../src/detect/site/minute-summary.ts';
import { defaultSiteParameters } from '../../../src/detect/site/parameters.ts';
import type { SiteJudgeState } from '../../../src/detect/site/site-judge.ts';
import {
  bots,
  days,
  hours,
  kindsOf,
  minutes,
  monday,
  people,
  plus,
  product,
  shopOf,
} from './shop-minutes.ts';

describe('distributed floods', () => {
  test('many one-row visits of new clients are one incident that says how many were expected', () => {
    const shop = shopOf();
    expect(shop.pass(days(3))).toEqual([]);
    const found = shop.pass(minutes(20), (ordinary) => ({
      ...plus(bots(30))(ordinary),
      members: ['a', 'b'],
    }));
    expect(kindsOf(found)).toEqual(['distributed-flood of shop']);
    expect(found.at(-1)).toMatchObject({ subjectType: 'site', seen: 340, expected: 40, actors: ['a', 'b'] });
    shop.pass(hours(1));
    expect(shop.pass(hours(20))).toEqual([]);
  });

  test.each([
    ['an advertisement: newcomers who stay and shop', people(40, 36)],
    ['a flash sale: customers', people(60, 6)],
    ['a newsletter: customers, and a few newcomers, with a row each', { ...bots(40), newcomers: 4 }],
  ])('%s is left alone', (_, crowd) => {
    const shop = shopOf();
    shop.pass(days(3));
    expect(shop.pass(hours(2), plus(crowd))).toEqual([]);
    expect(shop.pass(days(1))).toEqual([]);
  });

  /** Of the visitors of an advertisement, seven of ten leave after a page; the others stay as often as people do. */
  const leaving = (newcomers: number): Partial<Record<keyof MinuteSummary, number>> => ({
    ...bots(newcomers),
    rows: newcomers * 2,
    stayed: Math.round(newcomers * 0.3 * 0.4),
  });
  /** Products with which so many visits of a minute begin. */
  const list = (count: number, landed: number): MinuteSummary['products'] =>
    Array.from({ length: count }, (_, place) =>
      product(`${place}`, { views: landed, alone: landed, landed, wentOn: Math.floor(landed / 8) }),
    );

  test.each([
    ['an advertisement, most of whose visitors leave after a page', leaving(40), []],
    ['an announcement of a few products, whose readers leave', leaving(33), list(3, 10)],
    ['a product that is talked about: it is judged by itself', bots(30), list(1, 28)],
  ])('%s, is left alone', (_, crowd, products) => {
    const shop = shopOf();
    shop.pass(days(3));
    expect(shop.pass(hours(2), (ordinary) => ({ ...plus(crowd)(ordinary), products }))).toEqual([]);
  });

  test('visits of bots that begin with a few products are a flood of the site', () => {
    const shop = shopOf();
    shop.pass(days(3));
    const found = shop.pass(minutes(20), (ordinary) => ({
      ...plus(bots(32))(ordinary),
      products: list(8, 4),
    }));
    expect(kindsOf(found)).toEqual(['distributed-flood of shop']);
  });

  test('a holiday with twice the visits is none, and a flood in it is', () => {
    const shop = shopOf();
    shop.pass(days(3));
    const holiday = plus(people(12, 4));
    expect(shop.pass(hours(14), holiday)).toEqual([]);
    const flooded = (ordinary: MinuteSummary) => plus(bots(40))({ ...ordinary, ...holiday(ordinary) });
    expect(kindsOf(shop.pass(minutes(20), flooded))).toEqual(['distributed-flood of shop']);
  });

  test('a counter that knows no clients yet, such as that of a new shard, takes customers for newcomers who stay', () => {
    const shop = shopOf();
    shop.pass(days(3));
    const allNew = ({ visits, newcomers }: MinuteSummary) => ({
      newcomers: visits,
      stayed: Math.round(visits * 0.5),
      shopping: Math.round(newcomers / 4),
    });
    expect(shop.pass(hours(12), allNew)).toEqual([]);
  });

  test('people who come during a flood do not hide it', () => {
    const shop = shopOf();
    shop.pass(days(3));
    const both = (ordinary: MinuteSummary) => {
      const flooded = { ...ordinary, ...plus(bots(40))(ordinary) };
      return plus(people(8, 4))(flooded);
    };
    expect(kindsOf(shop.pass(minutes(30), both))).toEqual(['distributed-flood of shop']);
  });
});

describe('slow ramps', () => {
  /** Visits that become more with every minute, from `begin` on. */
  const ramp = (begin: number, perMinute: number) => (ordinary: MinuteSummary) =>
    plus(bots(Math.round(((ordinary.start - begin) / 60_000) * perMinute)))(ordinary);

  test('visits that grow for hours are found by the same time of earlier days', () => {
    const shop = shopOf();
    shop.pass(days(3));
    const found = shop.pass(hours(4), ramp(shop.now(), 0.06));
    expect(kindsOf(found)).toEqual(['slow-ramp of shop']);
    expect(found[0]?.end).toBeLessThan(monday + days(3) + hours(3));
  });

  test('it is not learned from: the same ramp is found as early on the days after', () => {
    const shop = shopOf();
    shop.pass(days(2));
    const times = [0, 1, 2, 3].map(() => {
      const begin = shop.now();
      const [first] = shop.pass(hours(4), ramp(begin, 0.06));
      shop.pass(hours(20));
      return (first?.end ?? Number.NaN) - begin;
    });
    expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(minutes(5));
  });

  test('a crowd of people that grows for hours is left alone', () => {
    const shop = shopOf();
    shop.pass(days(3));
    const begin = shop.now();
    const growing = (ordinary: MinuteSummary) => {
      const visits = Math.round(((ordinary.start - begin) / 60_000) * 0.15);
      return plus(people(visits, Math.round(visits * 0.9)))(ordinary);
    };
    expect(shop.pass(hours(4), growing)).toEqual([]);
  });
});

describe('outages', () => {
  test.each([
    ['no rows at all', 0],
    ['a fifth of the visits', 0.2],
  ])('%s for half an hour is one incident, which ends', (_, part) => {
    const shop = shopOf();
    shop.pass(days(2));
    const found = shop.pass(minutes(30), ({ visits }) => ({ visits: visits * part }));
    expect(kindsOf(found)).toEqual(['outage of shop']);
    expect(found[0]?.end).toBeLessThanOrEqual(monday + days(2) + minutes(10));
    const after = shop.pass(hours(12));
    expect(after.at(-1)?.end ?? 0).toBeLessThan(shop.now() - hours(11));
  });

  test('nights, a weekend with half of the visits and a shop with few visits are none', () => {
    const weekend = (start: number): boolean => [0, 6].includes(new Date(start).getUTCDay());
    const byDay = (start: number): number => (new Date(start).getUTCHours() < 6 ? 0.3 : 20);
    const usual = shopOf({ visits: (start) => byDay(start) * (weekend(start) ? 0.45 : 1) });
    expect(usual.pass(days(16))).toEqual([]);
    const small = shopOf({ visits: () => 0.1 });
    small.pass(days(3));
    expect(small.pass(hours(8), () => ({ visits: 0, newcomers: 0 }))).toEqual([]);
    expect(small.pass(minutes(1), plus(bots(3)))).toEqual([]);
  });

  test('the hours of a sale are not missed on the day after', () => {
    const shop = shopOf();
    shop.pass(hours(10));
    shop.pass(hours(3), plus(people(60, 10)));
    expect(shop.pass(days(2))).toEqual([]);
  });

  test('the shop opens an hour later in UTC when the clocks change, but not by its own clock', () => {
    // The clocks of Berlin change on 29 March 2026.
    const start = Date.UTC(2026, 2, 24);
    const change = Date.UTC(2026, 2, 29, 1);
    const opens = (time: number): number => {
      const hour = new Date(time + hours(time < change ? 1 : 2)).getUTCHours();
      return hour >= 8 && hour < 20 ? 30 : 1;
    };
    expect(shopOf({ zone: 'Europe/Berlin', visits: opens, start }).pass(days(9))).toEqual([]);
    expect(kindsOf(shopOf({ zone: 'UTC', visits: opens, start }).pass(days(9)))).toEqual(['outage of shop']);
  });
});

describe('click floods', () => {
  const flood = product('7', { views: 30, alone: 30, landed: 4 });
  const views = (counts: typeof flood) => (ordinary: MinuteSummary) => ({
    ...plus({ rows: counts.views, views: counts.views })(ordinary),
    products: [counts],
  });

  test('views of visits that look at nothing else and do not buy are an incident of the product', () => {
    const shop = shopOf();
    shop.pass(days(2));
    const found = shop.pass(minutes(20), views(flood));
    expect(kindsOf(found)).toEqual(['click-flood of 7']);
    expect(found[0]).toMatchObject({
      subjectType: 'product',
      eventType: 'view',
      actors: ['1', '2', '3', '4'],
    });
  });

  test.each([
    ['a viral product: people buy it', { ...flood, bought: 1 }],
    ['an advertisement that lands on it: visits go on', { ...flood, landed: 20, wentOn: 10 }],
    ['a link that many follow: they look once, and a few go on', { ...flood, landed: 27, wentOn: 2 }],
    ['a newsletter: visits have looked at other products before', { ...flood, alone: 10 }],
    ['a reloading tab: one visit has most of the views', { ...flood, lead: 28 }],
  ])('%s', (_, counts) => {
    const shop = shopOf();
    shop.pass(days(2));
    expect(shop.pass(hours(1), views(counts))).toEqual([]);
  });

  test('a crowd of new clients that look once, and of whom nobody goes on, is a flood', () => {
    const shop = shopOf();
    shop.pass(days(2));
    expect(kindsOf(shop.pass(minutes(20), views({ ...flood, landed: 30 })))).toEqual(['click-flood of 7']);
  });

  test('the most viewed product of the shop is compared with its own views', () => {
    const top = { ...flood, item: '1', views: 8, alone: 8 };
    const shop = shopOf();
    expect(shop.pass(days(3), views(top))).toEqual([]);
    expect(kindsOf(shop.pass(minutes(30), views({ ...top, views: 80, alone: 80 })))).toEqual([
      'click-flood of 1',
    ]);
  });
});

describe('the first day', () => {
  test('nothing is said that needs earlier days', () => {
    const shop = shopOf();
    shop.pass(hours(12));
    expect(shop.pass(hours(1), plus(bots(100)))).toEqual([]);
    expect(shop.pass(hours(1), () => ({ visits: 0, newcomers: 0, rows: 0 }))).toEqual([]);
  });

  test('an absolute number of newcomers is a flood', () => {
    const shop = shopOf();
    shop.pass(hours(12));
    expect(kindsOf(shop.pass(minutes(20), plus(bots(700))))).toEqual(['distributed-flood of shop']);
  });
});

test('a new level is learned after a week', () => {
  const shop = shopOf();
  shop.pass(days(4));
  shop.pass(days(8), plus(bots(40)));
  expect(shop.pass(days(1), plus(bots(40)))).toEqual([]);
});

test('a judge that is restored goes on as if it had not stopped', () => {
  const whole = shopOf();
  const before = shopOf();
  const flooded = plus(bots(20));
  whole.pass(days(2));
  before.pass(days(2));
  whole.pass(minutes(7), flooded);
  before.pass(minutes(7), flooded);
  const state = JSON.parse(JSON.stringify(before.judge.snapshot())) as SiteJudgeState;
  const after = shopOf({ start: before.now(), state });
  const expected = whole.pass(hours(1), flooded);
  expect(after.pass(hours(1), flooded)).toEqual(expected);
  expect(expected).not.toEqual([]);
  expect(after.judge.snapshot()).toEqual(whole.judge.snapshot());
});

test('what is remembered does not grow after the days of the band', () => {
  const parameters = { ...defaultSiteParameters, band: { ...defaultSiteParameters.band, days: 3 } };
  const shop = shopOf({ parameters });
  const size = (): number => JSON.stringify(shop.judge.snapshot().baseline).length;
  shop.pass(days(5));
  const before = size();
  shop.pass(days(5));
  expect(Math.abs(size() - before)).toBeLessThan(before * 0.02);
});
