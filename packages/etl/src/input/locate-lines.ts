import { lineBlocks } from './line-blocks.ts';

const LF = 10;
const CR = 13;

/** A line of a file that is not packed. */
export interface LocatedLine {
  /** From 1 on. */
  readonly line: number;
  readonly text: string;
  /** The place of its position in the list. */
  readonly index: number;
}

/**
 * Finds the lines that hold the given bytes, in one pass over the file. A line end belongs to the line after it.
 *
 * @param positions of bytes in the file, ascending
 * @param onLine called for each line, in order
 */
export async function locateLines(
  path: string,
  positions: readonly number[],
  onLine: (line: LocatedLine) => void,
): Promise<void> {
  let offset = 0;
  let line = 1;
  let index = 0;
  for await (const block of lineBlocks({ path, compression: 'none' })) {
    let start = 0;
    while (start < block.length) {
      if (index === positions.length) return;
      const found = block.indexOf(LF, start);
      const next = found === -1 ? block.length : found + 1;
      let end = found === -1 ? next : found;
      while (end > start && block[end - 1] === CR) end -= 1;
      if (isBefore(positions[index], offset + end)) {
        onLine({ line, text: block.toString('utf8', start, end), index });
        while (isBefore(positions[index], offset + end)) index += 1;
      }
      line += 1;
      start = next;
    }
    offset += block.length;
  }
}

const isBefore = (position: number | undefined, end: number): boolean =>
  position !== undefined && position < end;
