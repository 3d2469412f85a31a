import { expect, test } from 'vitest';
import {
  checkpointPath,
  checkpointText,
  emptyLakeState,
  foldManifests,
  type Manifest,
  parseCheckpoint,
  readLakeState,
} from '../../src/internal.ts';
import { file, lakeOf, lakeWith, manifest } from './lake-fixture.ts';

/** With its members in the order in which they are read. */
const inputOf = (hash: string, more: object) => ({
  ...{ source: 'a', hash, bytes: 1, ...more },
  ...{ rowsIn: 1, rowsOut: 1, duplicates: 0, quarantined: 0 },
});

const object = { etag: 'e', lastModified: '2026-01-01T00:00:00Z', versionId: 'v' };
const listingAt = (second: number) => ({
  location: 's3://b/landing/',
  at: `2026-01-01T00:00:${second}.000Z`,
  sourceName: 'buys',
  format: 'csv',
});

/** Commits that add, remove, quarantine, take inputs, change the definition and allow changes. */
const history: Manifest[] = Array.from({ length: 30 }, (_, index) => {
  const sequence = index + 1;
  return manifest(sequence, {
    added: [file(`f${String(sequence).padStart(2, '0')}`, sequence)],
    removed: sequence % 3 ? [] : [`f${String(sequence - 2).padStart(2, '0')}`],
    quarantineAdded: [file(`q${sequence}`)],
    quarantineRemoved: sequence > 4 ? [`q${sequence - 4}`] : [],
    inputs: [inputOf(`h${sequence}`, sequence % 2 ? {} : { object })],
    ...(sequence % 4 ? {} : { listings: [listingAt(10 + sequence)] }),
    // The places are to be listed again.
    ...(sequence === 18 ? { forgotten: ['h1'] } : {}),
    ...(sequence % 10 ? {} : { allowed: ['drop-column:y', `drop-column:y${sequence}`] }),
    schema: {
      fingerprint: sequence < 10 ? 'a' : 'b',
      columns: [{ name: 'x', type: 'BIGINT', nullable: sequence > 20 }],
    },
  });
});
const stateAt = (sequence: number) => foldManifests(emptyLakeState('events'), history.slice(0, sequence));
const whole = stateAt(30);

test('a checkpoint gives the state back, and a reader that starts from it ends where one that reads all ends', async () => {
  expect(whole.schemas.map(({ since }) => since)).toEqual([1, 10, 21]);
  expect(whole.allowed).toEqual(
    new Map([
      ['drop-column:y', 30],
      ['drop-column:y10', 10],
      ['drop-column:y20', 20],
      ['drop-column:y30', 30],
    ]),
  );
  for (let sequence = 1; sequence <= 30; sequence += 1) {
    const text = checkpointText(stateAt(sequence));
    expect(parseCheckpoint(text, 'events')).toEqual({ ...stateAt(sequence), checkpoint: sequence });
    const reads: string[] = [];
    const lake = { ...lakeWith(...history), [checkpointPath('events')]: text };
    const state = await readLakeState(lakeOf(lake, reads), 'events');
    expect(state).toEqual({ ...whole, checkpoint: sequence });
    // The checkpoint, its own commit, and those after it.
    expect(reads).toHaveLength(2 + 30 - sequence);
    expect(checkpointText(state)).toBe(checkpointText(whole));
  }
});

const sound = checkpointText(stateAt(20));
const damaged = (at: number): string =>
  sound.slice(0, at) + (sound[at] === '0' ? '1' : '0') + sound.slice(at + 1);

test('with any one character changed, a checkpoint is not believed', async () => {
  for (let at = 0; at < sound.length - 1; at += 1) {
    const state = parseCheckpoint(damaged(at), 'events');
    // The number and the run are held against the manifest itself; all else is held by the digest.
    if (state)
      expect({ ...state, sequence: 20, runId: 'run-20', checkpoint: 20 }).toEqual({
        ...stateAt(20),
        checkpoint: 20,
      });
    const lake = { ...lakeWith(...history), [checkpointPath('events')]: damaged(at) };
    if (at % 50 === 0 || state)
      expect(await readLakeState(lakeOf(lake), 'events')).toEqual({
        ...whole,
        checkpoint: state ? expect.any(Number) : 0,
      });
  }
});

test.each([
  ['empty', ''],
  ['cut off', sound.slice(0, sound.length / 2)],
  ['of another table', checkpointText({ ...stateAt(20), table: 'others' })],
  ['of another history', checkpointText({ ...stateAt(20), runId: 'run-of-another-lake' })],
  ['ahead of the manifests', checkpointText({ ...whole, sequence: 31 })],
])('one that is %s costs time only', async (_name, text) => {
  const lake = { ...lakeWith(...history), [checkpointPath('events')]: text };
  expect(await readLakeState(lakeOf(lake), 'events')).toEqual(whole);
});

test('a gap after the checkpoint is corruption', async () => {
  const lake = { ...lakeWith(...history), [checkpointPath('events')]: sound };
  delete lake['_headwater/events/00000025.json'];
  await expect(readLakeState(lakeOf(lake), 'events')).rejects.toMatchObject({
    payload: { file: '_headwater/events/00000025.json', problem: expect.stringContaining('is missing') },
  });
});
