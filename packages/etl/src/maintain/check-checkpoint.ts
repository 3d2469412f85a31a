import {
  checkpointPath,
  checkpointText,
  commitsPerCheckpoint,
  emptyLakeState,
  foldManifests,
  type Manifest,
  parseCheckpoint,
} from '@headwater/core/internal';
import type { LakeStore } from '@headwater/storage';

/** The state of a table's checkpoint: `problem` when it misleads readers, `note` when readers cannot use it. */
export interface CheckpointFinding {
  readonly problem?: string;
  readonly note?: string;
}

/** Compares a table's checkpoint with the manifests that it replaces. */
export async function checkCheckpoint(
  store: LakeStore,
  table: string,
  history: readonly Manifest[],
): Promise<CheckpointFinding> {
  const cost = `readers read all ${history.length} manifests; a later commit writes it again`;
  const path = checkpointPath(table);
  if (!(await store.info(path)))
    return history.length < 2 * commitsPerCheckpoint ? {} : { note: `${path} is missing: ${cost}` };
  const text = await store.readText(path);
  const state = parseCheckpoint(text, table);
  if (!state) return { note: `${path} is damaged: ${cost}` };
  const stoodFor = history.slice(0, state.sequence);
  if (stoodFor.at(-1)?.runId !== state.runId) return { note: `${path} is of another history: ${cost}` };
  return checkpointText(foldManifests(emptyLakeState(table), stoodFor)) === text
    ? {}
    : { problem: `does not hold what manifests 1 to ${state.sequence} say` };
}
