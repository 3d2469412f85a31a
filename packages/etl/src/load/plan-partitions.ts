import type { DataFile, LakeState } from '@headwater/core/internal';
import type { PartitionWork, StagedFolder } from './load-engine.ts';

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

/** Committed files by the folder they are in. */
export function filesByFolder(state: LakeState): Map<string, DataFile[]> {
  const folders = new Map<string, DataFile[]>();
  for (const file of state.files) {
    const folder = parentOf(file.path);
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return folders;
}

/** The folders that staged rows belong to, each with its committed files. */
export function planPartitions(state: LakeState, staged: readonly StagedFolder[]): PartitionWork[] {
  const committed = filesByFolder(state);
  return staged.map(({ folder, day, rows }) => ({
    folder,
    day,
    staged: rows,
    existingFiles: committed.get(folder) ?? [],
    rewrite: false,
  }));
}

/** Folders whose files came from more than one commit. One commit alone leaves a folder in its canonical form. */
export function planCompaction(state: LakeState): PartitionWork[] {
  const commits = new Map<string, Set<number>>();
  for (const [path, sequence] of state.addedBy) {
    const folder = parentOf(path);
    commits.set(folder, (commits.get(folder) ?? new Set()).add(sequence));
  }
  return [...filesByFolder(state)]
    .filter(([folder]) => (commits.get(folder)?.size ?? 0) > 1)
    .map(([folder, existingFiles]) => ({
      folder,
      day: existingFiles[0]?.day ?? '',
      staged: undefined,
      existingFiles,
      rewrite: true,
    }));
}
