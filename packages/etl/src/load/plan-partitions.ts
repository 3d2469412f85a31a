import type { TableSchema } from '@headwater/core';
import { type DataFile, type LakeState, otherTypeCommits } from '@headwater/core/internal';
import type { LoadEngine, PartitionWork } from './load-engine.ts';

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

/**
 * The folders that staged rows belong to, each with its committed files, and the folders whose rows staged rows replace.
 * Duplicates across folders are settled on the way.
 */
export async function planPartitions(
  state: LakeState,
  engine: Pick<LoadEngine, 'settleAcrossFolders' | 'stagedFolders'>,
): Promise<PartitionWork[]> {
  const committed = filesByFolder(state);
  const losing = await engine.settleAcrossFolders(state.files);
  const staged = await engine.stagedFolders();
  const isStaged = new Set(staged.map(({ folder }) => folder));
  const work = (folder: string, day: string, rows: string | undefined): PartitionWork => ({
    folder,
    day,
    staged: rows,
    existingFiles: committed.get(folder) ?? [],
    rewrite: losing.has(folder),
  });
  return [
    ...staged.map(({ folder, day, rows }) => work(folder, day, rows)),
    ...[...losing]
      .filter((folder) => !isStaged.has(folder))
      .map((folder) => work(folder, committed.get(folder)?.[0]?.day ?? '', undefined)),
  ];
}

/**
 * The folders that a compaction rewrites: those whose files came from more than one commit, since one commit alone leaves a
 * folder in its canonical form, and those that hold a column in another type than the definition stores it in.
 */
export function planCompaction(schema: TableSchema, state: LakeState): PartitionWork[] {
  const otherTypes = otherTypeCommits(schema, state);
  const isRewritten = (files: readonly DataFile[]): boolean => {
    const commits = new Set(files.map(({ path }) => state.addedBy.get(path) ?? 0));
    return commits.size > 1 || [...commits].some((commit) => otherTypes.has(commit));
  };
  return [...filesByFolder(state)]
    .filter(([, files]) => isRewritten(files))
    .map(([folder, existingFiles]) => ({
      folder,
      day: existingFiles[0]?.day ?? '',
      staged: undefined,
      existingFiles,
      rewrite: true,
    }));
}
