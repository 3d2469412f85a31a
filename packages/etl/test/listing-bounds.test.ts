import { emptyLakeState, type LakeState, listingKey, type ManifestInput } from '@headwater/core/internal';
import { expect, test } from 'vitest';
import { assertSince, listingBounds } from '../src/load/listing-bounds.ts';

const location = 's3://b/landing/';
const place = { location, bucket: 'b', folder: 'landing/' };

const input = (key: string, other: Partial<ManifestInput> = {}): ManifestInput => ({
  source: `s3://b/${key}`,
  hash: `h${key.length}`,
  bytes: 1,
  object: { etag: 'e', lastModified: '2026-11-20T00:00:00Z' },
  ...{ rowsIn: 1, rowsOut: 1, duplicates: 0, quarantined: 0 },
  ...other,
});

const state = (at: string, keys: readonly (string | ManifestInput)[]): LakeState => ({
  ...emptyLakeState('events'),
  sequence: 1,
  listings: new Map([[listingKey({ location }), { location, at }]]),
  inputs: new Map(keys.map((key, index) => [`${index}`, typeof key === 'string' ? input(key) : key])),
});

test('since last: from the last listing, less the days by which objects may be late, and one for clocks', () => {
  const known = state('2026-11-27T00:10:00.000Z', [
    'landing/dt=2026-11-27/a.csv',
    'landing/dt=2026-11-01/a.csv',
  ]);
  const bound = listingBounds({ since: 'last' }, known)(place);
  expect(bound?.from).toBe('2026-11-23');
  expect(bound?.mayOmit('landing/dt=2026-11-01/')).toBe(true);
  // Nothing of it is in the lake.
  expect(bound?.mayOmit('landing/dt=2026-11-02/')).toBe(false);
  expect(listingBounds({ since: 'last', lateDays: 0 }, known)(place)?.from).toBe('2026-11-26');
  expect(listingBounds({ since: 'last', lateDays: 30 }, known)(place)?.from).toBe('2026-10-27');
});

test('since last: from the newest folder in the lake, where that is older than the last listing', () => {
  const behind = state('2026-11-27T00:10:00.000Z', ['landing/2026/11/10/a.csv', 'landing/2026/11/09/a.csv']);
  const bound = listingBounds({ since: 'last' }, behind)(place);
  expect(bound?.from).toBe('2026-11-06');
  expect(bound?.mayOmit('landing/2026/11/09/')).toBe(true);
  // A folder of the future hides nothing of the present.
  const ahead = state('2026-11-27T00:10:00.000Z', ['landing/dt=2099-01-01/a.csv']);
  expect(listingBounds({ since: 'last' }, ahead)(place)?.from).toBe('2026-11-23');
});

test('since last: everything, where this place was not listed as the same source and format', () => {
  const known = state('2026-11-27T00:10:00.000Z', ['landing/dt=2026-11-27/a.csv']);
  expect(listingBounds({ since: 'last', source: 'buys' }, known)(place)).toBeUndefined();
  expect(listingBounds({ since: 'last', format: 'csv' }, known)(place)).toBeUndefined();
  expect(
    listingBounds({ since: 'last' }, known)({ ...place, location: 's3://b/landing/*.csv' }),
  ).toBeUndefined();
  expect(listingBounds({ since: 'last' }, emptyLakeState('events'))(place)).toBeUndefined();
});

test('only objects of the same place and source count as loaded', () => {
  const known = state('2026-11-27T00:10:00.000Z', [
    input('landing/dt=2026-11-01/a.csv', { sourceName: 'buys' }),
    input('other/dt=2026-11-02/a.csv'),
    { ...input('landing/dt=2026-11-03/a.csv'), source: './landing/dt=2026-11-03/a.csv' },
    input('landing/deep/dt=2026-11-04/a.csv'),
  ]);
  const bound = listingBounds({ since: 'last' }, known)(place);
  for (const folder of ['dt=2026-11-01', 'dt=2026-11-02', 'dt=2026-11-03', 'dt=2026-11-04'])
    expect(bound?.mayOmit(`landing/${folder}/`)).toBe(false);
});

test('a day is taken as it is given', () => {
  const bound = listingBounds({ since: '2026-11-20' }, emptyLakeState('events'))(place);
  expect(bound).toMatchObject({ from: '2026-11-20' });
  expect(bound?.mayOmit('landing/dt=2026-11-19/')).toBe(true);
});

test('what cannot be right is refused', () => {
  const refused = expect.objectContaining({ code: 'OPTION_INVALID' });
  for (const since of [
    'yesterday',
    '2026-02-30',
    '2026-11-27T00:00:00Z',
    '20261127',
    's3://b/landing/dt=2026',
    '',
  ])
    expect(() => assertSince({ since })).toThrow(refused);
  expect(() => assertSince({ lateDays: 3 })).toThrow(refused);
  expect(() => assertSince({ since: '2026-11-20', lateDays: 3 })).toThrow(refused);
  for (const lateDays of [-1, 1.5, Number.NaN])
    expect(() => assertSince({ since: 'last', lateDays })).toThrow(refused);
  // A file or a single object has no listing.
  expect(() => listingBounds({ since: 'last' }, emptyLakeState('events'))(undefined)).toThrow(refused);
});
