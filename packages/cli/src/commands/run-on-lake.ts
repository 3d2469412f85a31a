import type { EventsTable } from '@headwater/core';
import type { LoadProgress } from '@headwater/etl';
import type { Call } from '../command-line/command.ts';
import { loadProgress } from '../output/load-progress.ts';
import type { runOptions } from './run-options.ts';

interface Target {
  readonly table: EventsTable;
  readonly lake: string;
}

type RunCall = Pick<Call<typeof runOptions>, 'options' | 'console' | 'signal'>;

const settingsOf = ({ options, signal }: RunCall) => ({
  memoryLimit: options['memory-limit'],
  targetFileSize: options['target-file-size'],
  threads: options.threads,
  lockTimeoutSeconds: options['lock-timeout'],
  workFolder: options['work-folder'],
  allow: options.allow,
  signal,
});

type RunSettings = ReturnType<typeof settingsOf> & Target & { onProgress(state: LoadProgress): void };

/**
 * Does a piece of work on a lake under the options that all of them share, with a progress bar.
 *
 * @param work what is done, such as `compactLake` of `@headwater/etl`
 * @returns what the work gives
 */
export async function runOnLake<Report>(
  call: RunCall,
  { table, lake }: Target,
  work: (settings: RunSettings) => Promise<Report>,
): Promise<Report> {
  const progress = loadProgress(call.console, call.options.json);
  return work({ ...settingsOf(call), table, lake, onProgress: progress.update }).finally(() =>
    progress.end(),
  );
}
