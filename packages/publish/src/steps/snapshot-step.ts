import { type SchemaSnapshot, snapshotPath } from '@headwater/core/internal';
import { writeSnapshot } from '../snapshots/snapshot-folder.ts';
import type { PublishStep } from './publish-step.ts';

/** Writes the snapshot of the version, to be committed with the code. */
export function snapshotStep(
  folder: string,
  snapshot: SchemaSnapshot,
  history: readonly SchemaSnapshot[],
): PublishStep {
  const step = `snapshot ${snapshotPath(snapshot.table, snapshot.number)}`;
  const isWritten = history.some(({ number }) => number === snapshot.number);
  return {
    name: step,
    isLocal: true,
    async plan() {
      return { step, action: isWritten ? 'none' : 'create', differences: [], needs: [] };
    },
    async apply() {
      if (!isWritten) await writeSnapshot(folder, snapshot);
    },
  };
}
