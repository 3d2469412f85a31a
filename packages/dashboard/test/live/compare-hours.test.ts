import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StreamHour } from '../../src/index.ts';
import { compareHours, type LakeHour } from '../../src/live/compare-hours.ts';
import { decimalText, decimalUnits } from '../../src/live/decimal-units.ts';

const at = (hour: number): number => Date.UTC(2024, 2, 17, hour);
const asked = new Date(at(12));
const hour = (start: number, events: number, of: Partial<StreamHour> = {}): StreamHour => ({
  hour: new Date(at(start)).toISOString(),
  ...{ events, visitors: events, sessions: 2, cartSessions: 1, revenue: '10.10', late: 0 },
  ...of,
});
const lakeHour = (events: number): LakeHour => ({
  ...{ events, visitors: events, sessions: 2, cartSessions: 1, revenue: 10.1 },
});
const records = { sent: 0, archived: 0, duplicates: 0, quarantined: 0, unsent: 0, waiting: 1000 };
const none = { countedFrom: null, records: null };

test('hours that both have are equal, exactly, and visitors are a mean', () => {
  const compared = compareHours(
    { ...none, hours: [hour(9, 5), hour(10, 8), hour(11, 3)] },
    new Map([
      [at(9), lakeHour(5)],
      [at(10), lakeHour(8)],
      [at(8), lakeHour(4)],
    ]),
    asked,
  );
  expect(compared).toEqual({
    asked: asked.toISOString(),
    hours: { first: '2024-03-17T09:00:00.000Z', last: '2024-03-17T10:00:00.000Z' },
    isEqual: true,
    reasons: [],
    figures: [
      { title: 'Events', unit: 'count', stream: '13', lake: '13', difference: '0' },
      { title: 'Visitors an hour', unit: 'mean', stream: '6.5', lake: '6.5', difference: '0.0' },
      { title: 'Sessions', unit: 'count', stream: '4', lake: '4', difference: '0' },
      { title: 'Cart sessions', unit: 'count', stream: '2', lake: '2', difference: '0' },
      { title: 'Revenue', unit: 'money', stream: '20.2', lake: '20.2', difference: '0' },
    ],
    byHour: [
      { hour: '2024-03-17T09:00:00.000Z', stream: 5, lake: 5 },
      { hour: '2024-03-17T10:00:00.000Z', stream: 8, lake: 8 },
    ],
  });
});

test('what the lake has after the last hour of the stream is not compared', () => {
  const lake = new Map([9, 10, 11].map((start) => [at(start), lakeHour(5)] as const));
  const compared = compareHours({ ...none, hours: [hour(9, 5), hour(10, 5)] }, lake, asked);
  expect([compared.isEqual, compared.byHour.length]).toEqual([true, 2]);
});

test('a difference has its reasons, with the number of events of each', () => {
  const compared = compareHours(
    {
      countedFrom: new Date(at(9) + 600_000).toISOString(),
      records: { ...records, waiting: 3 },
      hours: [hour(9, 5), hour(10, 8, { late: 2 }), hour(11, 9)],
    },
    new Map([
      // From before the first counted minute, too late, of another load, and not loaded yet.
      [at(9), lakeHour(7)],
      [at(10), lakeHour(11)],
      [at(11), lakeHour(4)],
    ]),
    asked,
  );
  expect(compared.isEqual).toBe(false);
  expect(compared.reasons).toEqual([
    '3 events are not in the lake yet: the next load brings them.',
    '2 events of the stream are not in the lake, and no load waits for them.',
    '2 events came too late for the stream, and the lake has them.',
    '2 events of the first hour are from before the stream counted.',
    '1 event of the lake was not seen in the stream: another load, or not delivered yet.',
  ]);
});

test('of a stream whose records nobody counts, all that the lake lacks is to be loaded', () => {
  const compared = compareHours({ ...none, hours: [hour(9, 5)] }, new Map([[at(9), lakeHour(4)]]), asked);
  expect(compared.reasons).toEqual(['1 event is not in the lake yet: the next load brings it.']);
});

test('what one of both cannot say is left out, and an empty lake says so', () => {
  const bare = hour(9, 5, { visitors: null, sessions: null, cartSessions: null, revenue: null });
  const compared = compareHours({ ...none, hours: [bare] }, new Map([[at(9), { events: 5 }]]), asked);
  expect(compared.figures.map(({ title }) => title)).toEqual(['Events']);
  const empty = compareHours({ ...none, hours: [hour(9, 5)] }, new Map(), asked);
  expect(empty).toMatchObject({
    hours: null,
    isEqual: false,
    reasons: ['The lake has none of these hours yet.'],
  });
  expect(compareHours({ ...none, hours: [] }, new Map(), asked).reasons).toEqual([]);
});

test('the numbers of the reasons add up to the difference of each hour', () => {
  const hours = fc.array(fc.record({ stream: fc.nat(50), lake: fc.nat(50), late: fc.nat(9) }), {
    minLength: 1,
    maxLength: 24,
  });
  fc.assert(
    fc.property(hours, fc.nat(300), fc.nat(24), (all, waiting, began) => {
      const compared = compareHours(
        {
          countedFrom: new Date(at(0) + began * 3_600_000).toISOString(),
          records: { ...records, waiting },
          hours: all.map(({ stream, late }, start) => hour(start, stream, { late })),
        },
        new Map(all.map(({ lake }, start) => [at(start), lakeHour(lake)])),
        asked,
      );
      const counts = compared.reasons.flatMap((reason) =>
        Number(/^[\d,]+/.exec(reason)?.[0].replaceAll(',', '') ?? 0),
      );
      const differences = compared.byHour.map(({ stream, lake }) => Math.abs(stream - lake));
      const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);
      expect(sum(counts)).toBe(sum(differences));
    }),
  );
});

test('units of decimals are exact', () => {
  for (const [value, text] of [
    ['123456789012345678.123456789012', '123456789012345678.123456789012'],
    [0.1, '0.1'],
    [1e-7, '0.0000001'],
    ['-5.50', '-5.5'],
    [0, '0'],
  ] as const)
    expect(decimalText(decimalUnits(value))).toBe(text);
  expect(() => decimalUnits('12,5')).toThrow(/is no decimal/);
});
