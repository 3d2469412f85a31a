import {
  checkpointPath,
  checkpointText,
  commitsPerCheckpoint,
  foldManifests,
  type LakeState,
  type Manifest,
} from '@headwater/core';
import type { LakeStore } from '@headwater/storage';

/** Writes a checkpoint when enough commits have been made since the last one. Call it after `manifest` is committed. */
export async function keepCheckpoint(store: LakeStore, state: LakeState, manifest: Manifest): Promise<void> {
  if (manifest.sequence - state.checkpoint < commitsPerCheckpoint) return;
  const text = checkpointText(foldManifests(state, [manifest]));
  // It saves time and nothing else: for want of it, a commit that stands must not be reported as failed.
  await store.replaceText(checkpointPath(state.table), text).catch(() => undefined);
}
