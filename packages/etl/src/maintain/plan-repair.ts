import type { DamagedLake, DataFile, LakeState } from '@headwater/core/internal';

/** A folder that lost a manifest: what the lake lists there, and what it should list again. */
export interface LostFolder {
  readonly folder: string;
  readonly day: string;
  readonly lost: readonly DataFile[];
  /** Files that the lake lists and that are there. */
  readonly present: readonly DataFile[];
  /** Files that the lake lists, that are gone, and whose rows the lost files hold. */
  readonly replaced: readonly DataFile[];
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));
const folderOf = ({ path }: DataFile): string => parentOf(path);
const rowsOf = (files: readonly DataFile[]): number => files.reduce((sum, { rows }) => sum + rows, 0);

/**
 * Plans the repair of each folder with files whose manifest was lost, and of each that a later commit wrote again.
 *
 * @param missing paths that the lake lists and that are not there
 * @param rewritten folders in which a commit after the lost ones replaced files of theirs. It replaced every file that was
 *   listed there then, so one that it did not replace had been replaced before
 */
export function planRepair(
  state: LakeState,
  lost: readonly DataFile[],
  missing: ReadonlySet<string>,
  rewritten: ReadonlySet<string>,
): LostFolder[] {
  const firstLost = state.missing[0] ?? state.sequence + 1;
  const isOlder = ({ path }: DataFile): boolean => (state.addedBy.get(path) ?? 0) < firstLost;
  const lostIn = Map.groupBy(lost, folderOf);
  return [...new Set([...lostIn.keys(), ...rewritten])].map((folder) => {
    const files = lostIn.get(folder) ?? [];
    const listed = state.files.filter((file) => folderOf(file) === folder);
    const present = listed.filter(({ path }) => !missing.has(path));
    const gone = listed.filter((file) => missing.has(file.path) && isOlder(file));
    const holders = rewritten.has(folder) ? [...files, ...present] : files;
    return {
      folder,
      day: files[0]?.day ?? '',
      lost: files,
      present,
      replaced: !present.some(isOlder) && isRewrite(gone, holders) ? gone : [],
    };
  });
}

/** Folders in which a commit after the lost ones removed a file that no manifest added: a lost one did. */
export function rewrittenFolders({ manifests }: DamagedLake): Set<string> {
  const added = new Set<string>();
  const folders = new Set<string>();
  for (const manifest of manifests) {
    for (const path of manifest.removed) if (!added.has(path)) folders.add(parentOf(path));
    for (const { path } of manifest.added) added.add(path);
  }
  return folders;
}

/**
 * Whether the lost commit rewrote the folder, as a compaction does: it removed every file that was listed there, and files
 * since then hold at least their rows and their span of time.
 */
function isRewrite(gone: readonly DataFile[], holders: readonly DataFile[]): boolean {
  if (gone.length === 0 || rowsOf(holders) < rowsOf(gone)) return false;
  const [first, last] = spanOf(holders);
  const [goneFirst, goneLast] = spanOf(gone);
  return first <= goneFirst && goneLast <= last;
}

function spanOf(files: readonly DataFile[]): readonly [string, string] {
  const ranges = files.flatMap(({ timeRange }) => (timeRange ? [timeRange] : []));
  return [
    ranges.map(([first]) => first).sort()[0] ?? '',
    ranges
      .map(([, last]) => last)
      .sort()
      .at(-1) ?? '',
  ];
}
