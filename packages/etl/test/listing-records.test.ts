import { emptyLakeState, type LakeState, type Manifest, type ManifestInput } from '@headwater/core/internal';
import { expect, test } from 'vitest';
import type { Listing } from '../src/input/find-objects.ts';
import type { InputFile } from '../src/input/input-file.ts';
import { hasMoved } from '../src/lake/has-moved.ts';
import { knownObjects } from '../src/load/known-objects.ts';
import { recordedListings } from '../src/load/listing-options.ts';

const at = new Date('2026-11-27T10:00:00.000Z');
const listing = (from: string | null): Listing => ({ location: 's3://b/landing/', at, from, omitted: 0 });
const recorded = { location: 's3://b/landing/', at: at.toISOString() };

test('a listing is recorded when later ones can build on it', () => {
  expect(recordedListings([listing(null)], {}, false)).toEqual([recorded]);
  expect(recordedListings([listing(null)], { since: 'last', source: 'buys', format: 'csv' }, true)).toEqual([
    { ...recorded, sourceName: 'buys', format: 'csv' },
  ]);
  expect(recordedListings([listing('2026-11-23')], { since: 'last' }, true)).toEqual([recorded]);
  // Another commit came in between, and may have let inputs be loaded again.
  expect(recordedListings([listing('2026-11-23')], { since: 'last' }, false)).toEqual([]);
  // A part that the user chose.
  expect(recordedListings([listing('2026-11-23')], { since: '2026-11-23' }, true)).toEqual([]);
});

const counts = { rowsIn: 1, rowsOut: 1, duplicates: 0, quarantined: 0 };
const input = (change: Partial<ManifestInput> = {}): ManifestInput => ({
  ...{ source: 's3://b/landing/a.csv', hash: 'h1', bytes: 10 },
  object: { etag: 'e', lastModified: '2026-11-27T10:00:00Z' },
  ...counts,
  ...change,
});
const stateWith = (...inputs: ManifestInput[]): LakeState => ({
  ...emptyLakeState('events'),
  inputs: new Map(inputs.map((one, index) => [`${index}`, one])),
});

test('a commit that lists a place conflicts with one that lets an input be loaded again', () => {
  const wanted: Manifest = {
    ...{
      version: 1,
      table: 'events',
      sequence: 3,
      runId: 'r',
      operation: 'load',
      seconds: 1,
      headwater: '0',
    },
    ...{ startedAt: at.toISOString(), schema: { fingerprint: '0', columns: [] }, inputs: [], ...counts },
    ...{ reasons: {}, added: [], removed: [], quarantineAdded: [], quarantineRemoved: [] },
  };
  const [before, repaired] = [stateWith(input()), stateWith()];
  expect(hasMoved(before, repaired, { ...wanted, listings: [recorded] }, false)).toBe(true);
  expect(hasMoved(before, before, { ...wanted, listings: [recorded] }, false)).toBe(false);
  expect(hasMoved(before, repaired, wanted, false)).toBe(false);
});

test('an object is known by its key, ETag, size, time and version, as the same source', () => {
  const object = { bucket: 'b', key: 'landing/a.csv', bytes: 10, etag: 'e', modifiedAt: at };
  const file: InputFile = {
    ...{ source: 's3://b/landing/a.csv', path: 's3://b/landing/a.csv', isStream: false },
    ...{ format: 'csv', compression: 'none', object },
  };
  const before = input();
  const knownAs = (other: Partial<typeof object & { versionId: string }>, known = before, source?: string) =>
    knownObjects(stateWith(known), source)({ ...file, object: { ...object, ...other } });
  expect(knownAs({})).toBe(before);
  expect(knownAs({ etag: 'f' })).toBeUndefined();
  expect(knownAs({ bytes: 11 })).toBeUndefined();
  expect(knownAs({ modifiedAt: new Date('2026-11-27T10:00:01Z') })).toBeUndefined();
  expect(knownAs({}, before, 'buys')).toBeUndefined();
  expect(knownAs({}, input({ source: 's3://b/landing/b.csv' }))).toBeUndefined();
  expect(knownAs({}, input({ source: 's3://c/landing/a.csv' }))).toBeUndefined();
  const versioned = input({ object: { etag: 'e', lastModified: '2026-11-27T10:00:00Z', versionId: '1' } });
  expect(knownAs({}, versioned)).toBe(versioned);
  expect(knownAs({ versionId: '1' }, versioned)).toBe(versioned);
  expect(knownAs({ versionId: '2' }, versioned)).toBeUndefined();
  // A file of this machine has no identity but its content.
  const { object: _, ...local } = file;
  expect(knownObjects(stateWith(before), undefined)(local)).toBeUndefined();
});
