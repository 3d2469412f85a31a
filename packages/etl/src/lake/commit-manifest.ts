import { HeadwaterError } from '@headwater/core';
import { inParallel, type LakeState, type Manifest, manifestPath } from '@headwater/core/internal';
import type { LakeStore } from '@headwater/storage';
import { keepCheckpoint } from './keep-checkpoint.ts';

/** Files whose removal failed are looked up this many at a time. */
const parallelLooks = 16;

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

/**
 * Does what follows a commit: writes a checkpoint when one is due, and removes the files that it replaced.
 *
 * @throws HeadwaterError `FILES_NOT_REMOVED` for a lake on S3 when some of them stay. Engines that read its folders count rows twice then
 */
export async function afterCommit(store: LakeStore, state: LakeState, manifest: Manifest): Promise<void> {
  const stillThere = new Set([...manifest.added, ...manifest.quarantineAdded].map(({ path }) => path));
  const gone = [...manifest.removed, ...manifest.quarantineRemoved].filter((path) => !stillThere.has(path));
  const failure = await store.remove(gone).then(
    () => undefined,
    (error: unknown) => error,
  );
  await keepCheckpoint(store, state, manifest);
  // In a folder, a reader may keep a file open. The next run removes it.
  if (failure === undefined || store.kind === 'folder') return;
  const files: string[] = [];
  await inParallel(gone, parallelLooks, async (path) => {
    const isGone = await store.info(path).then(
      (found) => found === undefined,
      () => false,
    );
    if (!isGone) files.push(path);
  });
  if (files.length === 0) return;
  const { table, sequence } = manifest;
  const problem = failure instanceof Error ? failure.message : String(failure);
  throw new HeadwaterError('FILES_NOT_REMOVED', {
    ...{ lake: store.location, table, sequence, files: files.sort(), problem },
  });
}
