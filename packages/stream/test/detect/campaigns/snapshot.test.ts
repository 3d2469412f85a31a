import { expect, test } from 'vitest';
import { createAccountRates } from '../../../src/detect/campaigns/account-rates.ts';
import { campaignDetector } from '../../../src/detect/campaigns/campaign-detector.ts';
import { defaultCampaignParameters } from '../../../src/detect/campaigns/parameters.ts';
import { createProductViews, hashOf } from '../../../src/detect/campaigns/product-views.ts';
import { createRecentActors } from '../../../src/detect/campaigns/recent-actors.ts';
import type { ShopEvent } from '../../../src/detect/shop-event.ts';
import { clicks } from '../../alerts/shop.ts';
import { row, shoppers, watch } from './watch.ts';

/** One campaign of each kind among shoppers. */
function* everything(): Generator<ShopEvent> {
  yield* shoppers(0, 30_000);
  for (let number = 0; number < 120; number++)
    yield row(20_000 + number * 5, `robot ${Math.floor(number / 8)}`, `rare ${number}`);
  for (let number = 0; number < 30; number++) {
    const second = 22_000 + number * 15 + Math.floor(number / 3) * 60;
    const event = { action: 'purchase', price: 2 } as const;
    yield row(second, `card ${Math.floor(number / 3)}`, `cheap ${number}`, event);
  }
  for (let number = 0; number < 40; number++)
    yield row(24_000 + number * 70, 'victim', `item ${number % 9}`, { session: `visit ${number >> 1}` });
  for (let number = 0; number < 40; number++) {
    const place = number % 8;
    const second = 26_000 + Math.floor(number / 8) * 300 + place * 11 + ((place * place) % 7);
    yield row(second, `ring ${Math.floor(number / 8)}`, `list ${place}`);
  }
}

test('a detector that goes on from snapshots finds what one finds that was not stopped', () => {
  const whole = watch(everything());
  expect([...new Set(whole.map(({ kind }) => kind))].sort()).toEqual([
    'carding',
    'credential-churn',
    'lockstep-ring',
    'rotating-identities',
  ]);
  for (const cut of [997, 2500]) expect(watch(everything(), undefined, cut)).toEqual(whole);
});

test('a cut stream gives the same findings up to there', () => {
  const all = [...everything()].sort((one, other) => one.time - other.time);
  const whole = watch(all);
  const cut = all[Math.floor(all.length * 0.75)]?.time ?? 0;
  const part = watch(all.filter(({ time }) => time <= cut));
  const until = (found: typeof whole) => found.filter(({ end }) => end <= cut - 600_000);
  expect(until(part)).toEqual(until(whole));
  expect(until(part).length).toBeGreaterThan(0);
});

test('the state does not grow with the number of actors', () => {
  const memory = { ...defaultCampaignParameters.memory, actors: 1000, productCells: 1024, runs: 1024 };
  const shop = { schema: clicks.schema, site: 'clicks', zone: 'UTC' };
  const detector = campaignDetector.create(shop, { ...defaultCampaignParameters, memory });
  const sizeAfter = (from: number, to: number): number => {
    for (let actor = from; actor < to; actor++)
      for (let view = 0; view < 6; view++)
        detector.observe(
          row(actor + view * 9, `actor ${actor}`, `item ${(actor * 6 + view) % 5000}`),
          () => {},
        );
    return JSON.stringify(detector.snapshot()).length;
  };
  const small = sizeAfter(0, 5000);
  // Of twelve times as many actors; counts of products have more digits.
  expect(sizeAfter(5000, 60_000)).toBeLessThan(small * 1.5);
  expect(JSON.stringify(detector.snapshot(0.1)).length).toBeLessThan(small / 3);
});

test('an actor that goes on is remembered while others pass', () => {
  const actors = createRecentActors(100, 3600);
  const busy = actors.at('busy', 0);
  for (let time = 1; time < 2000; time++) {
    actors.at(`passer-by ${time}`, time);
    if (time % 40 === 0) expect(actors.at('busy', time)).toBe(busy);
  }
  expect(actors.at('passer-by 1', 2000).begin).toBe(2000);
});

test('rare products are those with fewer views than are usual', () => {
  const views = createProductViews(1024);
  for (let number = 0; number < 20_000; number++) views.count(hashOf(`popular ${number % 50}`));
  expect(views.count(hashOf('popular 1'))).toBeLessThan(0.5);
  expect(views.count(hashOf('never seen'))).toBe(3);
});

test('accounts of the last hour count as many as those of the day, without those of the chain', () => {
  const rates = createAccountRates();
  rates.reach(0);
  for (let second = 0; second < 86_400; second += 864) rates.count(6, 0, second);
  const chain = { length: 0, since: 86_400 };
  expect(rates.rate(6, 2, 86_400, chain)).toBeCloseTo(100 / 86_400, 4);
  for (let number = 0; number < 50; number++) rates.count(6, 0, 86_400 + number);
  expect(rates.rate(6, 2, 86_450, chain)).toBeCloseTo(54 / 3600, 3);
  expect(rates.rate(6, 2, 86_450, { length: 50, since: 86_400 })).toBeCloseTo(100 / 86_400, 3);
  expect(rates.rate(20, 2, 86_450, chain)).toBeLessThan(2 / 86_400);
});
