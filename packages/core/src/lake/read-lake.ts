import { HeadwaterError } from '../errors/headwater-error.ts';
import { readCheckpoint } from './checkpoint.ts';
import { inParallel } from './in-parallel.ts';
import type { LakeReader } from './lake-reader.ts';
import { emptyLakeState, foldManifests, type LakeState } from './lake-state.ts';
import { isManifestName, type Manifest, manifestFolder, manifestName, manifestSchema } from './manifest.ts';

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

/**
 * The commits of a table in order, from number `first` on. Empty when the lake has no such commit.
 * @throws HeadwaterError `LAKE_CORRUPT`
 */
export async function readLakeHistory(reader: LakeReader, table: string, first = 1): Promise<Manifest[]> {
  const folder = manifestFolder(table);
  const before = manifestName(first - 1);
  const names = (await reader.list(folder, before)).filter((name) => isManifestName(name) && name > before);
  const texts = await inParallel(names.sort(), parallelReads, (name) => reader.readText(`${folder}/${name}`));
  return texts.map((text, index) => {
    const manifest = parseManifest(reader, table, `${folder}/${names[index]}`, text);
    if (manifest.sequence === first + index) return manifest;
    const problem = `manifest ${first + index} is missing`;
    throw new HeadwaterError('LAKE_CORRUPT', { lake: reader.location, table, file: folder, problem });
  });
}

function parseManifest(reader: LakeReader, table: string, file: string, text: string): Manifest {
  const fail = (problem: string, cause?: unknown): never => {
    throw new HeadwaterError('LAKE_CORRUPT', { lake: reader.location, table, file, problem }, { cause });
  };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    fail('is not JSON', cause);
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return fail(`is not a manifest: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  return parsed.data.table === table ? parsed.data : fail('is a manifest of another table');
}
