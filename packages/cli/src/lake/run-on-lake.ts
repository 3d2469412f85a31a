import type { AwsTarget, EventsTable } from '@headwater/core';
import { allowableChanges, readLakeState } from '@headwater/core/internal';
import type { LoadProgress } from '@headwater/etl';
import { openLakeStore } from '@headwater/storage';
import type { Call } from '../command-line/command.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { loadState } from './load-progress.ts';
import type { runOptions } from './run-options.ts';

interface ChosenLake {
  readonly table: EventsTable;
  readonly lake: string;
  /** Where the config's tables are on AWS. */
  readonly aws: AwsTarget | undefined;
  /** Every table that the call is about, where there are several. */
  readonly tables?: readonly EventsTable[];
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

type RunSettings = ReturnType<typeof settingsOf> &
  Omit<ChosenLake, 'tables'> & { onProgress(state: LoadProgress): void };

/**
 * Does a piece of work on a lake under the options that all of them share, and reports its progress.
 *
 * @param work the work, such as `compactLake` of `@headwater/etl`
 * @returns the result of the work
 * @throws UsageError for an id of `--allow` that names no change of any of the tables
 */
export async function runOnLake<Report>(
  call: RunCall,
  { table, lake, aws, tables = [table] }: ChosenLake,
  work: (settings: RunSettings) => Promise<Report>,
): Promise<Report> {
  const { allow } = call.options;
  if (allow.length > 0) await assertKnownChanges(allow, tables, { lake, aws });
  return work({
    ...settingsOf(call),
    table,
    lake,
    aws,
    onProgress: (state) => call.onProgress?.(loadState(state)),
  });
}

/** A misspelled id would allow nothing. */
async function assertKnownChanges(
  allow: readonly string[],
  tables: readonly EventsTable[],
  { lake, aws }: Pick<ChosenLake, 'lake' | 'aws'>,
): Promise<void> {
  const store = openLakeStore(lake, { aws });
  const ids = await Promise.all(
    tables.map(async ({ schema }) => allowableChanges(schema, await readLakeState(store, schema.name))),
  );
  const known = [...new Set(ids.flat())];
  const unknown = allow.find((id) => !known.includes(id));
  if (unknown === undefined) return;
  const expected =
    known.length > 0 ? `The changes are: ${known.join(', ')}.` : "The lake's files fit the definition.";
  throw new UsageError(`--allow ${unknown}: there is no such change. ${expected}`);
}
