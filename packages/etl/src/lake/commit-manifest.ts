import { HeadwaterError } from '@headwater/core';
import { type LakeState, type Manifest, manifestPath } from '@headwater/core/internal';
import type { LakeStore } from '@headwater/storage';
import { keepCheckpoint } from './keep-checkpoint.ts';

/** Creates the manifest's file, which is the commit. Of two writers with the same number, one succeeds. */
export const createManifest = (store: LakeStore, manifest: Manifest): Promise<boolean> =>
  store.createText(manifestPath(manifest.table, manifest.sequence), `${JSON.stringify(manifest, null, 2)}\n`);

/** Whether a commit with this number exists. */
export const isCommitted = async (store: LakeStore, table: string, sequence: number): Promise<boolean> =>
  (await store.info(manifestPath(table, sequence))) !== undefined;

/** The error of a writer whose number another run took. */
export function overtaken(store: LakeStore, table: string, sequence: number): HeadwaterError<'LAKE_BUSY'> {
  const holder = `a run that committed ${manifestPath(table, sequence)} first`;
  return new HeadwaterError('LAKE_BUSY', { lake: store.location, table, holder, waitedSeconds: 0 });
}

/** Commits, then removes the files that the commit takes out of the lake. */
export async function commitManifest(store: LakeStore, state: LakeState, manifest: Manifest): Promise<void> {
  if (!(await createManifest(store, manifest))) throw overtaken(store, manifest.table, manifest.sequence);
  await afterCommit(store, state, manifest);
}

/** Does what follows a commit: removes the files that it replaced, and writes a checkpoint when one is due. */
export async function afterCommit(store: LakeStore, state: LakeState, manifest: Manifest): Promise<void> {
  const stillThere = new Set([...manifest.added, ...manifest.quarantineAdded].map(({ path }) => path));
  const gone = [...manifest.removed, ...manifest.quarantineRemoved].filter((path) => !stillThere.has(path));
  // The commit stands, so a failure here must not fail the run. The next run removes the files.
  await store.remove(gone).catch(() => undefined);
  await keepCheckpoint(store, state, manifest);
}
