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
  // A checkpoint only saves time, so a commit that stands must not be reported as failed without it.
  await store.replaceText(checkpointPath(state.table), checkpointText(state)).catch(() => undefined);
}

/** Writes a checkpoint when one is due. Call it after `manifest` is committed. */
export async function keepCheckpoint(store: LakeStore, state: LakeState, manifest: Manifest): Promise<void> {
  // Folding a large state takes time, so the numbers are compared first.
  if (manifest.sequence - state.checkpoint >= commitsPerCheckpoint)
    await writeCheckpoint(store, foldManifests(state, [manifest]));
}
