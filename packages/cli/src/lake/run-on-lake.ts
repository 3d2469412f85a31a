import type { EventsTable } from '@headwater/core';
import type { LoadProgress } from '@headwater/etl';
import type { Call } from '../command-line/command.ts';
import { loadState } from './load-progress.ts';
import type { runOptions } from './run-options.ts';

interface Target {
  readonly table: EventsTable;
  readonly lake: string;
}

type RunCall = Pick<Call<typeof runOptions>, 'options' | 'onProgress' | 'signal'>;

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
 * Does a piece of work on a lake under the options that all of them share, and reports its progress.
 *
 * @param work the work, such as `compactLake` of `@headwater/etl`
 * @returns the result of the work
 */
export const runOnLake = <Report>(
  call: RunCall,
  { table, lake }: Target,
  work: (settings: RunSettings) => Promise<Report>,
): Promise<Report> =>
  work({ ...settingsOf(call), table, lake, onProgress: (state) => call.onProgress?.(loadState(state)) });
