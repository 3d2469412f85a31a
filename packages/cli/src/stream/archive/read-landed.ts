import { readFile } from 'node:fs/promises';
import type { LoadedPositions } from './archive-state.ts';
import {
  type LandedFile,
  positionAfter,
  readLandedName,
  type ShardPosition,
  shardStart,
} from './landed-file.ts';

/**
 * Reads the complete files that an interrupted run left, in the order of each shard.
 *
 * @param paths files of the landing folder
 * @param loaded the positions before them
 */
export async function readLanded(
  paths: readonly string[],
  loaded: LoadedPositions,
): Promise<readonly LandedFile[]> {
  const named = paths
    .flatMap((path) => {
      const name = readLandedName(path);
      return name ? [{ path, ...name }] : [];
    })
    .sort((one, other) => (BigInt(one.first) < BigInt(other.first) ? -1 : 1));
  const ends = new Map(loaded);
  const files: LandedFile[] = [];
  for (const { path, shard, last } of named) {
    const start = ends.get(shard) ?? shardStart;
    // The position was recorded, and the process died before it removed the file.
    const isRecorded = BigInt(last) <= BigInt(start.last);
    const lines = await readLines(path);
    const end = isRecorded ? start : { ...digestLines(start, lines), last };
    ends.set(shard, end);
    files.push({ path, shard, records: lines.length, end });
  }
  return files;
}

const digestLines = (start: ShardPosition, lines: readonly Uint8Array[]): ShardPosition =>
  lines.reduce((position: ShardPosition, line) => positionAfter(position, position.last, line), start);

/** The lines that are not blank, as bytes: some are no text. */
async function readLines(path: string): Promise<readonly Uint8Array[]> {
  const bytes = await readFile(path);
  const lines: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(10, start);
    const end = found === -1 ? bytes.length : found;
    if (end > start) lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return lines;
}
