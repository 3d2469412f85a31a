import { inParallel } from '@headwater/core/internal';
import type { LakeStore } from '@headwater/storage';
import { uploadFolder } from './lake-paths.ts';
import type { PendingCommit } from './writable-lake.ts';
import type { WrittenFile } from './written-file.ts';

const parallelUploads = 4;

/** The uploads of a run for one commit, in a folder of the lake that engines do not read. */
export interface StagedFiles {
  /** The path of a file's upload. */
  path(file: WrittenFile): string;
  /**
   * Puts the files there. @param before uploads for an earlier commit. S3 copies them; those that are gone, because another run
   * removed them, are uploaded again.
   */
  stage(before: StagedFiles | undefined): Promise<void>;
  remove(): Promise<void>;
}

/** @param sequence the commit that the files are to be part of */
export function stagedFiles(
  store: LakeStore,
  { state, runId, signal, onBytes }: PendingCommit,
  files: readonly WrittenFile[],
  sequence: number,
): StagedFiles {
  const folder = uploadFolder(state.table, sequence, runId);
  const path = ({ file }: WrittenFile): string => `${folder}/${file.hash}.parquet`;
  const upload = (one: WrittenFile, isFirst: boolean): Promise<void> =>
    store.put(path(one), one.stagedPath, {
      ...{ hash: one.file.hash, signal },
      // Progress counts each byte once.
      onBytes: isFirst ? onBytes : undefined,
    });
  return {
    path,
    async stage(before) {
      await inParallel(files, parallelUploads, async (one) => {
        signal?.throwIfAborted();
        if (!before) return upload(one, true);
        try {
          await store.copy(before.path(one), path(one));
        } catch (error) {
          if (await store.info(before.path(one))) throw error;
          await upload(one, false);
        }
      });
      await before?.remove();
    },
    remove: () => store.remove(files.map(path)),
  };
}
