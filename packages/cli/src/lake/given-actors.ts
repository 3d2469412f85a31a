import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { UsageError } from '../command-line/usage-error.ts';

/**
 * The ids that a command is about: those of its options, then those of a file with one in each line. Blank lines are ignored, and each id is
 * given once.
 *
 * @param file `-` for `stdin`
 * @throws UsageError when there are none, and for a file that cannot be read. No message has an id
 */
export async function givenActors(
  ids: readonly string[],
  file: string | undefined,
  stdin: Readable | undefined,
): Promise<string[]> {
  const actors = new Set(ids);
  for (const line of file === undefined ? [] : await linesOf(file, stdin)) actors.add(line);
  actors.delete('');
  if (actors.size > 0) return [...actors];
  throw new UsageError(
    file === undefined
      ? 'headwater etl forget needs --actor ID, or --actors-from FILE.'
      : `--actors-from ${file}: it has no line with an id.`,
  );
}

async function linesOf(file: string, stdin: Readable | undefined): Promise<string[]> {
  const input = file === '-' ? stdin : createReadStream(file);
  if (!input) throw new UsageError('--actors-from -: there is no standard input.');
  const lines: string[] = [];
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }))
      lines.push(line.trim());
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--actors-from ${file}: cannot be read: ${problem}`);
  }
  return lines;
}
