import { HeadwaterError } from '../errors/headwater-error.ts';
import { readCheckpoint } from './checkpoint.ts';
import { inParallel } from './in-parallel.ts';
import type { LakeReader } from './lake-reader.ts';
import { emptyLakeState, foldManifests, type LakeState } from './lake-state.ts';
import {
  isManifestName,
  type Manifest,
  manifestFolder,
  manifestName,
  manifestPath,
  manifestSchema,
  operations,
} from './manifest.ts';

/** The number of small files that are read at the same time. */
const parallelReads = 16;

/**
 * Reads the current state of a table: its last checkpoint, and the later manifests folded in order. Without a usable
 * checkpoint it reads every manifest.
 * Files that no manifest lists are leftovers of a stopped run, and are not in the lake.
 *
 * @throws HeadwaterError `LAKE_CORRUPT` for a manifest that cannot be read, or a missing number
 */
export async function readLakeState(reader: LakeReader, table: string): Promise<LakeState> {
  const base = await readCheckpoint(reader, table);
  if (base) {
    // Read the checkpoint's own commit too: it differs if the lake was deleted and created again.
    const [own, ...later] = await readLakeHistory(reader, table, base.sequence);
    if (own?.runId === base.runId) return foldManifests(base, later);
  }
  return foldManifests(emptyLakeState(table), await readLakeHistory(reader, table));
}

/** The state of a table that may have lost manifests, as far as it is known. */
export interface DamagedLake {
  /** Complete up to its checkpoint, whose state holds what lost manifests before it did. */
  readonly state: LakeState;
  readonly manifests: readonly Manifest[];
  /** Numbers of all lost manifests. */
  readonly missing: readonly number[];
  /** The state of the last checkpoint, if it can be used. */
  readonly checkpoint: LakeState | undefined;
}

/**
 * Reads every manifest of a table, and its state in spite of those that are lost.
 * @throws HeadwaterError `LAKE_CORRUPT` for a manifest that cannot be read
 */
export async function readDamagedLake(reader: LakeReader, table: string): Promise<DamagedLake> {
  const { manifests, missing } = await readManifests(reader, table);
  const base = await readCheckpoint(reader, table);
  const isUsable = manifests.some(
    ({ sequence, runId }) => sequence === base?.sequence && runId === base.runId,
  );
  const checkpoint = isUsable ? base : undefined;
  const start = checkpoint ?? emptyLakeState(table);
  const later = manifests.filter(({ sequence }) => sequence > start.sequence);
  const state = foldManifests(start, later);
  return {
    state: { ...state, missing: missing.filter((number) => number > start.sequence) },
    manifests,
    missing,
    checkpoint,
  };
}

/**
 * The commits of a table in order, from number `first` on. Empty when the lake has no such commit.
 * @throws HeadwaterError `LAKE_CORRUPT`
 */
export async function readLakeHistory(reader: LakeReader, table: string, first = 1): Promise<Manifest[]> {
  const { manifests, missing } = await readManifests(reader, table, first);
  const [lost] = missing;
  if (lost === undefined) return manifests;
  const file = manifestPath(table, lost);
  throw new HeadwaterError('LAKE_CORRUPT', {
    lake: reader.location,
    table,
    file,
    problem: 'is missing, and later manifests are there',
    fix: lostManifestFix(reader.location, file),
  });
}

/** Commits of a table, with the numbers of those that are lost. */
export interface FoundManifests {
  readonly manifests: Manifest[];
  /** Numbers between the first one that was asked for and the last one that is there. */
  readonly missing: readonly number[];
}

/**
 * The commits of a table in order, from number `first` on, and the numbers that are missing in between.
 * @throws HeadwaterError `LAKE_CORRUPT` for a manifest that cannot be read
 */
export async function readManifests(reader: LakeReader, table: string, first = 1): Promise<FoundManifests> {
  const folder = manifestFolder(table);
  const before = manifestName(first - 1);
  const names = (await reader.list(folder, before)).filter((name) => isManifestName(name) && name > before);
  const texts = await inParallel(names.sort(), parallelReads, (name) => reader.readText(`${folder}/${name}`));
  const manifests = texts.map((text, index) =>
    parseManifest(reader, table, `${folder}/${names[index]}`, text),
  );
  const missing: number[] = [];
  let next = first;
  for (const [index, { sequence }] of manifests.entries()) {
    const file = `${folder}/${names[index]}`;
    if (file !== manifestPath(table, sequence)) throw misnamed(reader, table, file, sequence);
    for (; next < sequence; next += 1) missing.push(next);
    next = sequence + 1;
  }
  return { manifests, missing };
}

/** What to do about a lost or damaged manifest. */
export const lostManifestFix = (lake: string, file: string): string =>
  `Restore ${file} from a copy of the lake, or repair the lake without it: \`headwater lake repair --lake ${lake}\``;

const misnamed = (reader: LakeReader, table: string, file: string, sequence: number): HeadwaterError =>
  new HeadwaterError('LAKE_CORRUPT', {
    lake: reader.location,
    table,
    file,
    problem: `is commit ${sequence} by its content`,
    fix: `Restore ${file} from a copy of the lake, or delete it and run \`headwater lake repair --lake ${reader.location}\``,
  });

function parseManifest(reader: LakeReader, table: string, file: string, text: string): Manifest {
  const fail = (problem: string, cause?: unknown): never => {
    const { location: lake } = reader;
    const fix = `Restore the file from a copy of the lake, or delete it and run \`headwater lake repair --lake ${lake}\``;
    throw new HeadwaterError('LAKE_CORRUPT', { lake, table, file, problem, fix }, { cause });
  };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    fail('is not JSON', cause);
  }
  const { operation } = Object(json) as { operation?: unknown };
  if (typeof operation === 'string' && !(operations as readonly string[]).includes(operation)) {
    const { location: lake } = reader;
    const problem = `is a commit of the kind "${operation}", which this version of Headwater does not have`;
    const fix = 'Update Headwater: a later version wrote to the lake';
    throw new HeadwaterError('LAKE_CORRUPT', { lake, table, file, problem, fix });
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return fail(`is not a manifest: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  return parsed.data.table === table ? parsed.data : fail('is a manifest of another table');
}
