import { expect, test } from 'vitest';
import { isManifestName, manifestPath, readLakeState } from '../../src/internal.ts';
import { file, lakeOf, lakeWith, manifest } from './lake-fixture.ts';

test('a table without a commit is empty', async () => {
  expect(await readLakeState(lakeOf({}), 'events')).toEqual({
    table: 'events',
    sequence: 0,
    runId: '',
    files: [],
    quarantineFiles: [],
    addedBy: new Map(),
    inputs: new Map(),
    listings: new Map(),
    schemas: [],
    allowed: new Map(),
    inputsUnknownAt: 0,
    missing: [],
    checkpoint: 0,
  });
});

test('commits are folded in order: files come and go, inputs stay known', async () => {
  const input = {
    source: 'a.csv',
    hash: 'h1',
    bytes: 1,
    rowsIn: 1,
    rowsOut: 1,
    duplicates: 0,
    quarantined: 0,
  };
  const lake = lakeWith(
    // Ten and more, so that an order by text instead of by number would show.
    ...Array.from({ length: 9 }, (_, index) => manifest(index + 1)),
    manifest(10, { added: [file('b'), file('a')], quarantineAdded: [file('q1')], inputs: [input] }),
    manifest(11, {
      removed: ['a', 'b'],
      added: [file('c'), file('b', 5)],
      quarantineRemoved: ['q1'],
      quarantineAdded: [file('q2')],
    }),
  );
  const state = await readLakeState(lakeOf(lake), 'events');
  expect(state.sequence).toBe(11);
  expect(state.files).toEqual([file('b', 5), file('c')]);
  expect(state.quarantineFiles).toEqual([file('q2')]);
  expect(state.inputs).toEqual(new Map([['h1', input]]));
  expect(state.addedBy).toEqual(
    new Map([
      ['b', 11],
      ['c', 11],
    ]),
  );
  expect(state.schemas).toEqual([{ since: 1, fingerprint: '0', columns: [] }]);
});

test('the last listing of each place is known, until inputs may be loaded again', async () => {
  const place = (location: string, day: number, other = {}) => ({
    location,
    at: `2026-11-${day}T00:00:00.000Z`,
    ...other,
  });
  const manifests = [
    manifest(1, { listings: [place('s3://b/a/', 10), place('s3://b/c/', 10)] }),
    manifest(2, { listings: [place('s3://b/a/', 12), place('s3://b/a/', 11, { sourceName: 'buys' })] }),
    // A slower run that began before the last one.
    manifest(3, { listings: [place('s3://b/a/', 11)] }),
  ];
  const known = await readLakeState(lakeOf(lakeWith(...manifests)), 'events');
  expect([...known.listings.values()]).toEqual([
    place('s3://b/a/', 12),
    place('s3://b/c/', 10),
    place('s3://b/a/', 11, { sourceName: 'buys' }),
  ]);
  for (const repair of [{ forgotten: ['h1'] }, { inputsUnknown: true as const }]) {
    const repaired = lakeWith(...manifests, manifest(4, repair), manifest(5));
    expect((await readLakeState(lakeOf(repaired), 'events')).listings).toEqual(new Map());
  }
});

test('other files in the folder, and other tables, are no commits', async () => {
  const lake = {
    ...lakeWith(manifest(1)),
    '_headwater/events/00000002.json.tmp': 'half a manif',
    '_headwater/events/lock': '',
    '_headwater/events2/00000002.json': JSON.stringify(manifest(2)),
  };
  expect((await readLakeState(lakeOf(lake), 'events')).sequence).toBe(1);
  expect(['00000001.json', '123456789.json'].every(isManifestName)).toBe(true);
  expect(['1.json', '00000001.json.tmp', 'x00000001.json', '00000001.JSON'].some(isManifestName)).toBe(false);
});

test.each<[string, Record<string, string>, string, string]>([
  ['text that is no JSON', { [manifestPath('events', 1)]: '{' }, manifestPath('events', 1), 'is not JSON'],
  ['an empty file', { [manifestPath('events', 1)]: '' }, manifestPath('events', 1), 'is not JSON'],
  [
    'JSON that is no manifest',
    { [manifestPath('events', 1)]: JSON.stringify({ ...manifest(1), added: [{ path: 1 }] }) },
    manifestPath('events', 1),
    'is not a manifest: added.0.path: ',
  ],
  [
    'a manifest of a later layout',
    { [manifestPath('events', 1)]: JSON.stringify({ ...manifest(1), version: 2 }) },
    manifestPath('events', 1),
    'is not a manifest: version: ',
  ],
  [
    'a manifest of another table',
    { [manifestPath('events', 1)]: JSON.stringify(manifest(1, { table: 'orders' })) },
    manifestPath('events', 1),
    'is a manifest of another table',
  ],
  ...[
    '../outside',
    '/etc/passwd',
    'events/../../outside',
    'events//a',
    'events\\..\\a',
    'events/\u001b[2Ja',
    '.',
    '',
  ].flatMap((path): [string, Record<string, string>, string, string][] =>
    [
      { added: [file(path)] },
      { quarantineAdded: [file(path)] },
      { removed: [path] },
      { quarantineRemoved: [path] },
    ].map((change) => [
      `the path ${JSON.stringify(path)} in ${Object.keys(change)}`,
      lakeWith(manifest(1, change)),
      manifestPath('events', 1),
      'is not a path below the lake',
    ]),
  ),
  [
    'a hash that would name a file elsewhere',
    lakeWith(manifest(1, { added: [{ ...file('a'), hash: '../../outside' }] })),
    manifestPath('events', 1),
    'is not a manifest: added.0.hash: is not a hash',
  ],
  ['a first commit that is missing', lakeWith(manifest(2)), manifestPath('events', 1), 'is missing'],
  [
    'a gap',
    lakeWith(manifest(1), manifest(3)),
    manifestPath('events', 2),
    'is missing, and later manifests are there',
  ],
  [
    'one commit under two names',
    { ...lakeWith(manifest(1)), [manifestPath('events', 2)]: JSON.stringify(manifest(1)) },
    manifestPath('events', 2),
    'is commit 1 by its content',
  ],
])('%s is corruption, with the file', async (_name, files, where, problem) => {
  await expect(readLakeState(lakeOf(files), 'events')).rejects.toMatchObject({
    code: 'LAKE_CORRUPT',
    retryable: false,
    payload: { lake: 'memory', table: 'events', file: where, problem: expect.stringContaining(problem) },
  });
});
