import { monthlyPrice, type PriceLine, platformFacts, priceTable, totalPrice } from '@headwater/infra';
import { type InfraConfig, scales } from '@headwater/infra/config';
import { expect, test } from 'vitest';
import { unitPrices } from '../src/scale/unit-prices.ts';
import { shopConfig } from './support/shop-config.ts';

const priced = (infra: InfraConfig): PriceLine[] => monthlyPrice(platformFacts(shopConfig(infra)));
const ofPart = (lines: readonly PriceLine[], part: string) => lines.filter((line) => line.part === part);

test('every unit price names AWS as its source, and a unit', () => {
  for (const [name, { dollars, unit, source }] of Object.entries(unitPrices)) {
    expect(dollars, name).toBeGreaterThan(0);
    expect(unit, name).not.toBe('');
    expect(source, name).toMatch(/^https:\/\/aws\.amazon\.com\/[a-z0-9/-]+\/pricing\/$/);
  }
});

test('a line is its units by the unit price', () => {
  const [line] = ofPart(priced({ scale: 'small' }), 'flink');
  // Two tasks on one KPU, and one for orchestration.
  expect(line).toMatchObject({ units: 2 * 730, unit: 'KPU-hour' });
  expect(line?.dollars).toBeCloseTo(2 * 730 * 0.11);
});

test('a larger scale costs more in every part', () => {
  const byScale = scales.map((scale) => priced({ scale, parts: { flink: true } }));
  expect(byScale.map(totalPrice)).toEqual(byScale.map(totalPrice).toSorted((a, b) => a - b));
  for (const part of ['lake', 'catalog', 'load', 'stream', 'functions', 'flink']) {
    const prices = byScale.map((lines) => totalPrice(ofPart(lines, part)));
    expect(prices, part).toEqual(prices.toSorted((a, b) => a - b));
  }
});

test('what comes by the event doubles with the events, and shards do not', () => {
  const once = priced({ scale: 'small' });
  const twice = priced({ scale: 'small', eventsPerDay: 10_000_000 });
  const find = (lines: readonly PriceLine[], what: string) =>
    lines.find((line) => line.what === what)?.units ?? 0;
  for (const what of ['Firehose', 'Writes of live sessions', 'The lake, a year of events', 'Events in'])
    expect(find(twice, what) / find(once, what), what).toBeCloseTo(2);
  expect(find(twice, 'Stream')).toBe(find(once, 'Stream'));
});

test('a part that the platform does not have costs nothing', () => {
  expect(ofPart(priced({ parts: { flink: false } }), 'flink')).toEqual([]);
  const { quicksight: _, ...config } = shopConfig();
  expect(ofPart(monthlyPrice(platformFacts(config)), 'quicksight')).toEqual([]);
});

test('the price of Athena is that of the config', () => {
  const lines = monthlyPrice(platformFacts({ ...shopConfig({ scale: 'small' }), pricePerTerabyte: 9 }));
  expect(totalPrice(ofPart(lines, 'catalog'))).toBeCloseTo(2 * 9);
});

test('the table has each scale, and what it rests on', () => {
  const { rows, notes } = priceTable(shopConfig({ parts: {} }), platformFacts);
  expect([...rows, ...notes.map((note) => [note])]).toMatchInlineSnapshot(`
    [
      [
        "part",
        "dev",
        "small",
        "large",
      ],
      [
        "lake",
        "0.14",
        "6.95",
        "139",
      ],
      [
        "catalog",
        "0.50",
        "10",
        "200",
      ],
      [
        "crawler",
        "0.00",
        "0.00",
        "0.00",
      ],
      [
        "dataBrew",
        "12",
        "12",
        "12",
      ],
      [
        "load",
        "0.46",
        "1.84",
        "11",
      ],
      [
        "stream",
        "12",
        "91",
        "1,685",
      ],
      [
        "functions",
        "13",
        "91",
        "1,632",
      ],
      [
        "flink",
        "166",
        "166",
        "763",
      ],
      [
        "quicksight",
        "27",
        "27",
        "27",
      ],
      [
        "watch",
        "10",
        "10",
        "10",
      ],
      [
        "total",
        "241",
        "415",
        "4,478",
      ],
      [
        "US dollars of a month with 100,000, 5,000,000, 100,000,000 events a day.",
      ],
      [
        "Stated unit prices of us-east-1, 2026-11-28, without tax, free tiers and discounts. They were not read from the price pages of AWS; compare them there.",
      ],
      [
        "Notebooks, rulesets of Data Quality, crawls and jobs without a schedule cost nothing until somebody starts them.",
      ],
    ]
  `);
});
