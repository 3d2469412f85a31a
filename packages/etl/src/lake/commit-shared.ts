import {
  type DataFile,
  foldManifests,
  inParallel,
  type LakeState,
  readLakeState,
} from '@headwater/core/internal';
import type { LakeStore } from '@headwater/storage';
import { afterCommit, createManifest, isCommitted, overtaken } from './commit-manifest.ts';
import { hasMoved } from './has-moved.ts';
import { sharedPath } from './lake-paths.ts';
import { type StagedFiles, stagedFiles } from './staged-files.ts';
import type { PendingCommit } from './writable-lake.ts';
import type { WrittenFile } from './written-file.ts';

const parallelCopies = 16;
/** How often a commit is tried under a later number, when commits by others do not conflict with it. */
const commitAttempts = 10;

/**
 * Uploads the files of a run and commits them to a shared lake.
 *
 * Engines that read the folders, as Athena does, see a file as soon as it is in its folder, whatever the manifests say.
 * So the bytes go to a staging folder first, and S3 copies them into place right before the manifest: such an engine sees
 * uncommitted rows for the time of those copies, not of the uploads.
 *
 * The name of a staging folder holds the commit that it is for. Once another run made that commit, any run may remove the folder,
 * so a retry under a later number stages the files again under that number before it puts them in their places.
 *
 * @returns the state after the commit
 * @throws HeadwaterError `LAKE_BUSY` when another run committed first and changed what this one builds on
 */
export async function commitShared(store: LakeStore, pending: PendingCommit): Promise<LakeState> {
  const { added, quarantineAdded, runId, signal } = pending;
  let { state } = pending;
  const written = [...added, ...quarantineAdded];
  let staged: StagedFiles | undefined;
  // While a file is in its place and not committed, its upload stays: it is the record that the file was not committed.
  let isInPlace = false;
  try {
    for (let attempt = 1; attempt <= commitAttempts; attempt += 1) {
      const sequence = state.sequence + 1;
      const place = ({ file }: WrittenFile): DataFile => ({
        ...file,
        path: sharedPath(file.path, sequence, runId),
      });
      const manifest = pending.manifest(sequence, added.map(place), quarantineAdded.map(place));
      const takeBack = async (): Promise<void> => {
        await store.remove(written.map((one) => place(one).path));
        isInPlace = false;
      };
      const before = staged;
      const next = stagedFiles(store, pending, written, sequence);
      staged = next;
      try {
        await next.stage(before);
        isInPlace = true;
        await inParallel(written, parallelCopies, async (one) => {
          signal?.throwIfAborted();
          await store.copy(next.path(one), place(one).path);
        });
      } catch (error) {
        await takeBack();
        signal?.throwIfAborted();
        // Another run made this commit, and may have removed the uploads for it.
        if (!(await isCommitted(store, state.table, sequence))) throw error;
      }
      if (isInPlace) {
        // Until the answer arrives it is unknown whether the commit stands; a failure must not take the files back.
        if (await createManifest(store, manifest)) {
          isInPlace = false;
          await afterCommit(store, state, manifest);
          return foldManifests(state, [manifest]);
        }
        await takeBack();
      }
      const present = await readLakeState(store, state.table);
      pending.assertFits(present);
      if (hasMoved(state, present, manifest, pending.isWholeTable))
        throw overtaken(store, state.table, sequence);
      state = present;
    }
    throw overtaken(store, state.table, state.sequence);
  } finally {
    // A later run removes what cannot be removed now.
    if (!isInPlace) await staged?.remove().catch(() => undefined);
  }
}
