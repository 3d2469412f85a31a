import { type DataFile, type LakeReader, type Manifest, manifestPath } from '../../src/internal.ts';

export const file = (path: string, rows = 1): DataFile => ({
  path,
  day: '2019-10-01',
  rows,
  bytes: 10,
  hash: `h${rows}`,
});

export const manifest = (sequence: number, change: Partial<Manifest> = {}): Manifest => ({
  version: 1,
  table: 'events',
  sequence,
  runId: `run-${sequence}`,
  operation: 'load',
  startedAt: '2019-10-01T00:00:00.000Z',
  seconds: 1,
  headwater: '0.1.0',
  schema: { fingerprint: '0', columns: [] },
  inputs: [],
  rowsIn: 0,
  rowsOut: 0,
  duplicates: 0,
  quarantined: 0,
  reasons: {},
  added: [],
  removed: [],
  quarantineAdded: [],
  quarantineRemoved: [],
  ...change,
});

/** A lake in memory, by path; `reads` gets the path of every file that is read. */
export const lakeOf = (files: Readonly<Record<string, string>>, reads: string[] = []): LakeReader => ({
  location: 'memory',
  list: async (folder) =>
    Object.keys(files).flatMap((path) =>
      path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : [],
    ),
  async readText(path) {
    reads.push(path);
    const text = files[path];
    if (text === undefined) throw new Error(`no ${path}`);
    return text;
  },
});

export const lakeWith = (...manifests: readonly Manifest[]): Record<string, string> =>
  Object.fromEntries(manifests.map((one) => [manifestPath('events', one.sequence), JSON.stringify(one)]));
