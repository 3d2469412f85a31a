import { HeadwaterError } from '../errors/headwater-error.ts';
import {
  type DataFile,
  isManifestName,
  type Manifest,
  type ManifestInput,
  manifestFolder,
  manifestSchema,
} from './manifest.ts';

/** How a lake's small files are read. Paths are relative to the lake, with forward slashes. */
export interface LakeReader {
  /** The lake's address, for messages. */
  readonly location: string;
  /**
   * Names of the files directly in `folder`; empty when there is no such folder.
   * @param after names up to this one need not be given
   */
  list(folder: string, after?: string): Promise<string[]>;
  readText(path: string): Promise<string>;
}

/** A table as its commits leave it: the only files that are in the lake. */
export interface LakeState {
  readonly table: string;
  /** The last commit's number; 0 before the first. */
  readonly sequence: number;
  /** Committed files, ordered by path. */
  readonly files: readonly DataFile[];
  readonly quarantineFiles: readonly DataFile[];
  /** Every input ever loaded, by the hash of its content. */
  readonly inputs: ReadonlyMap<string, ManifestInput>;
  readonly manifests: readonly Manifest[];
}

/**
 * Reads a table's manifests and folds them, in order, into its present state.
 * Files on disk that no manifest lists are leftovers of a run that died, and are not part of the lake.
 *
 * @throws HeadwaterError `LAKE_CORRUPT` for a manifest that cannot be read or a number that is missing
 */
export async function readLakeState(reader: LakeReader, table: string): Promise<LakeState> {
  const folder = manifestFolder(table);
  const names = (await reader.list(folder)).filter(isManifestName).sort();
  const manifests: Manifest[] = [];
  for (const name of names) {
    const manifest = parseManifest(
      reader,
      table,
      `${folder}/${name}`,
      await reader.readText(`${folder}/${name}`),
    );
    if (manifest.sequence !== manifests.length + 1) {
      const problem = `manifest ${manifests.length + 1} is missing`;
      throw new HeadwaterError('LAKE_CORRUPT', { lake: reader.location, table, file: folder, problem });
    }
    manifests.push(manifest);
  }
  return foldManifests(table, manifests);
}

/** The state that a sequence of commits leaves. */
export function foldManifests(table: string, manifests: readonly Manifest[]): LakeState {
  const files = new Map<string, DataFile>();
  const quarantine = new Map<string, DataFile>();
  const inputs = new Map<string, ManifestInput>();
  for (const manifest of manifests) {
    for (const path of manifest.removed) files.delete(path);
    for (const path of manifest.quarantineRemoved) quarantine.delete(path);
    for (const file of manifest.added) files.set(file.path, file);
    for (const file of manifest.quarantineAdded) quarantine.set(file.path, file);
    for (const input of manifest.inputs) inputs.set(input.hash, input);
  }
  const byPath = (left: DataFile, right: DataFile): number => (left.path < right.path ? -1 : 1);
  return {
    table,
    sequence: manifests.at(-1)?.sequence ?? 0,
    files: [...files.values()].sort(byPath),
    quarantineFiles: [...quarantine.values()].sort(byPath),
    inputs,
    manifests,
  };
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
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return fail(`is not a manifest: ${issue?.path.join('.')}: ${issue?.message}`);
}
