import { readFile, writeFile } from 'node:fs/promises';
import { attackLabels, type SimulationOptions } from '@headwater/simulator';
import { UsageError } from '../../command-line/usage-error.ts';

/**
 * Writes the ground truth about a simulated run's attackers and look-alikes as JSON Lines, before its first row. A run that goes on finds
 * the file as it left it.
 *
 * @throws UsageError where the file has something else
 */
export async function writeAttackLabels(path: string, options: SimulationOptions): Promise<void> {
  const lines: string[] = [];
  for (const label of attackLabels(options)) lines.push(`${JSON.stringify(label)}\n`);
  const text = lines.join('');
  const there = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (there === undefined) await writeFile(path, text);
  else if (there !== text)
    throw new UsageError(
      `${path} exists already, with something other than this run's labels. Give another file.`,
    );
}
