import type { DataFile, LakeState } from '@headwater/core/internal';

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

const folderOf = ({ path }: DataFile): string => path.slice(0, path.lastIndexOf('/'));
const rowsOf = (files: readonly DataFile[]): number => files.reduce((sum, { rows }) => sum + rows, 0);

/**
 * Plans the repair of each folder with files whose manifest was lost.
 *
 * @param missing paths that the lake lists and that are not there
 */
export function planRepair(
  state: LakeState,
  lost: readonly DataFile[],
  missing: ReadonlySet<string>,
): LostFolder[] {
  return [...Map.groupBy(lost, folderOf)].map(([folder, files]) => {
    const listed = state.files.filter((file) => folderOf(file) === folder);
    const present = listed.filter(({ path }) => !missing.has(path));
    const gone = listed.filter(({ path }) => missing.has(path));
    return {
      folder,
      day: files[0]?.day ?? '',
      lost: files,
      present,
      replaced: present.length === 0 && isRewrite(gone, files) ? gone : [],
    };
  });
}

/**
 * Whether the lost commit rewrote the folder, as a compaction does: it removed every file that was listed there, and its
 * own files hold at least their rows and their span of time.
 */
function isRewrite(gone: readonly DataFile[], lost: readonly DataFile[]): boolean {
  if (gone.length === 0 || rowsOf(lost) < rowsOf(gone)) return false;
  const [first, last] = spanOf(lost);
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
