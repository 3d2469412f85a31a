import { manifestFolder, manifestName, stagingPath } from '@headwater/core/internal';

/** Where a run keeps everything that is not committed yet; the next run removes what a dead run left here. */
export const stagingFolder = (table: string, runId?: string): string =>
  `${stagingPath(table)}${runId ? `/${runId}` : ''}`;

/** The file whose lock excludes a second writer. */
export const lockFile = (table: string): string => `${manifestFolder(table)}/write.lock`;

/** Where a run on a shared lake keeps the committed files that it downloaded, by content hash. */
export const cacheFolder = (table: string): string => `${manifestFolder(table)}/cache`;

const digits = (sequence: number): string => manifestName(sequence).replace('.json', '');

/** The part of a run's id that stands in the names of its files. */
export const runMark = (runId: string): string => runId.slice(-8);

/** Where a run on a shared lake uploads to: the folder's name holds the commit that the run intends to make. */
export const uploadFolder = (table: string, sequence: number, runId: string): string =>
  stagingFolder(table, `${digits(sequence)}-${runId}`);

/**
 * A file's path in a shared lake: `part-<content hash>-<commit>-<run>.parquet`. The name holds the commit that is to add
 * the file, and the run that wrote it. So two runs never write the same file, and a file that commit n could have added
 * and did not will never be in the lake.
 */
export const sharedPath = (path: string, sequence: number, runId: string): string =>
  path.replace(/\.parquet$/, `-${digits(sequence)}-${runMark(runId)}.parquet`);

/** The name of a data file: the start of its content hash; on a shared lake also the commit and the run. */
export interface DataFileName {
  readonly hash: string;
  readonly commit?: number;
  readonly run?: string;
}

const dataFile =
  /\/dt=\d{4}-\d\d-\d\d(?:\/[^/=]+=[^/]*)*\/part-([0-9a-f]{16})(?:-(\d{8,})-([0-9a-f]{8}))?\.parquet$/;

/** Reads a path that Headwater gave a data file; undefined for every other path, such as a copy in a folder of a person's own. */
export function parseDataPath(path: string): DataFileName | undefined {
  const [, hash, commit, run] = dataFile.exec(path) ?? [];
  if (hash === undefined) return undefined;
  return commit === undefined || run === undefined ? { hash } : { hash, commit: Number(commit), run };
}

const draft = /\/part-[0-9a-f-]+\.parquet\.[0-9a-f-]{36}\.draft$/;

/** Whether a path is that of a data file that was being copied into place when its process died. */
export const isDraft = (path: string): boolean => draft.test(path);

const upload = /\/staging\/(?:(\d{8,})-[^/]*-([0-9a-f]{8})|sync)\/([0-9a-f]{16})[0-9a-f]*\.parquet$/;

/** Reads the path of an upload in a shared lake's staging folder. Uploads of a sync have neither commit nor run. */
export function parseUploadPath(path: string): DataFileName | undefined {
  const [, commit, run, hash] = upload.exec(path) ?? [];
  if (hash === undefined) return undefined;
  return commit === undefined || run === undefined ? { hash } : { hash, commit: Number(commit), run };
}

/**
 * The commit that a file in a shared lake's staging folder is for, whatever the file is: a script on Spark writes there what it needs
 * on the way. Undefined for a file that is for no commit, such as the upload of a sync.
 */
export function uploadCommit(path: string): number | undefined {
  const [, commit] = /\/staging\/(\d{8,})-[^/]*-[0-9a-f]{8}\//.exec(path) ?? [];
  return commit === undefined ? undefined : Number(commit);
}
