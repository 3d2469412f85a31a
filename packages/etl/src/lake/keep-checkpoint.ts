import {
  checkpointPath,
  checkpointText,
  commitsPerCheckpoint,
  foldManifests,
  type LakeState,
  type Manifest,
} from '@headwater/core/internal';
import type { LakeStore } from '@headwater/storage';

/** Writes a checkpoint of a state when enough commits have been made since the last one. */
export async function writeCheckpoint(store: LakeStore, state: LakeState): Promise<void> {
  if (state.sequence - state.checkpoint < commitsPerCheckpoint) return;
  // It saves time and nothing else: for want of it, a commit that stands must not be reported as failed.
  await store.replaceText(checkpointPath(state.table), checkpointText(state)).catch(() => undefined);
}

/** Writes a checkpoint when it is time for one. Call it after `manifest` is committed. */
export async function keepCheckpoint(store: LakeStore, state: LakeState, manifest: Manifest): Promise<void> {
  // Folding a large state costs something, so the numbers are looked at first.
  if (manifest.sequence - state.checkpoint >= commitsPerCheckpoint)
    await writeCheckpoint(store, foldManifests(state, [manifest]));
}
