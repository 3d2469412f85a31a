import { open } from 'node:fs/promises';
import type { WrittenFile } from '../../lake/written-file.ts';
import type { LoadEngine, StagedFolder, WrittenPartitions } from '../load-engine.ts';
import type { SparkFile, SparkRows } from './spark-result.ts';

/** The steps of an engine that follow the staging. */
type WrittenSteps = Pick<
  LoadEngine,
  | 'writeQuarantine'
  | 'nulledValues'
  | 'rejectionExamples'
  | 'settleAcrossFolders'
  | 'stagedFolders'
  | 'writePartitions'
>;

/**
 * The steps of an engine after the staging, which give what the script wrote: it does them all in one run.
 *
 * @param result what it wrote
 * @param duplicates the duplicates by the position of their input
 */
export function writtenSteps<Rows extends SparkRows>(
  result: () => Rows,
  duplicates: (rows: Rows) => WrittenPartitions['duplicates'],
): WrittenSteps {
  return {
    async writeQuarantine() {
      const { reasons, quarantineAdded } = result();
      return { files: quarantineAdded.map(writtenFile), reasons };
    },
    nulledValues: async () => [...result().local.nulled],
    rejectionExamples: async (limit) => result().local.examples.slice(0, limit),
    settleAcrossFolders: async () => new Set(result().local.losing),
    async stagedFolders() {
      const folders = new Map(result().added.map(({ folder, day }) => [folder, day]));
      return [...folders].sort().map(([folder, day]): StagedFolder => ({ folder, day, rows: folder }));
    },
    async writePartitions(works, onWritten) {
      const written = result();
      const files = await syncedFiles(written.added);
      onWritten(works.length);
      return { files, removed: written.removed, duplicates: duplicates(written) };
    },
  };
}

/** The files that the script wrote, once their bytes are on the disk: a commit that lists them follows. */
export async function syncedFiles(files: readonly SparkFile[]): Promise<WrittenFile[]> {
  for (const { uri } of files) {
    const handle = await open(uri, 'r+');
    await handle.sync();
    await handle.close();
  }
  return files.map(writtenFile);
}

const writtenFile = ({ uri, folder, ...facts }: SparkFile): WrittenFile => ({
  stagedPath: uri,
  file: { path: `${folder}/part-${facts.hash.slice(0, 16)}.parquet`, ...facts },
});
