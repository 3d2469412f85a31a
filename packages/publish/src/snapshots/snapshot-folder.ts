import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HeadwaterError } from '@headwater/core';
import {
  inParallel,
  isSnapshotName,
  parseSnapshot,
  type SchemaSnapshot,
  snapshotPath,
  snapshotText,
} from '@headwater/core/internal';

/**
 * Reads the published versions of a table, in their order.
 *
 * @param folder the folder of snapshots; a missing folder means no versions
 * @throws HeadwaterError `SNAPSHOT_INVALID` for an invalid file or a missing number
 */
export async function readSnapshots(folder: string, table: string): Promise<SchemaSnapshot[]> {
  const names = await readdir(join(folder, table)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return snapshotsOf(table, names, {
    place: (number) => join(folder, snapshotPath(table, number)),
    read: (number) => readFile(join(folder, snapshotPath(table, number)), 'utf8'),
  });
}

/** Versions that are read at a time: each of a commit is a process of Git. */
const parallelReads = 8;

/** Where snapshots are read from. */
interface SnapshotSource {
  /** The name of a file, for errors. */
  place(number: number): string;
  read(number: number): Promise<string>;
}

/**
 * Reads the versions of a table that have these file names. Other names are left out.
 * @throws HeadwaterError `SNAPSHOT_INVALID` for an invalid file or a missing number
 */
export function snapshotsOf(
  table: string,
  names: readonly string[],
  source: SnapshotSource,
): Promise<SchemaSnapshot[]> {
  const numbers = names
    .filter(isSnapshotName)
    .map((name) => Number.parseInt(name, 10))
    .sort((left, right) => left - right);
  return inParallel([...numbers.entries()], parallelReads, async ([index, number]) => {
    const file = source.place(number);
    const invalid = (problem: string) => new HeadwaterError('SNAPSHOT_INVALID', { file, problem });
    if (number !== index + 1) throw invalid(`version ${index + 1} is missing before it`);
    const snapshot = parseSnapshot(await source.read(number), file);
    if (snapshot.table !== table || snapshot.number !== number)
      throw invalid(`it is version ${snapshot.number} of ${snapshot.table}`);
    return snapshot;
  });
}

/** Writes a snapshot atomically: readers find all of it or nothing. */
export async function writeSnapshot(folder: string, snapshot: SchemaSnapshot): Promise<void> {
  const file = join(folder, snapshotPath(snapshot.table, snapshot.number));
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.draft`, snapshotText(snapshot));
  await rename(`${file}.draft`, file);
}
