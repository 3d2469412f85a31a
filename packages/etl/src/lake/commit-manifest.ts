import { HeadwaterError, type Manifest, manifestPath } from '@headwater/core';
import type { LakeStore } from '@headwater/storage';

/** Commits: the creation of the manifest's file. Of two writers that both believe they are next, one wins. */
export async function commitManifest(store: LakeStore, manifest: Manifest): Promise<void> {
  const path = manifestPath(manifest.table, manifest.sequence);
  if (await store.createText(path, `${JSON.stringify(manifest, null, 2)}\n`)) return;
  const holder = `a run that committed ${path} first`;
  throw new HeadwaterError('LAKE_BUSY', {
    lake: store.location,
    table: manifest.table,
    holder,
    waitedSeconds: 0,
  });
}
