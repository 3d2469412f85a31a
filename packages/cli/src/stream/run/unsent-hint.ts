import { ownCommand } from '../../output/own-command.ts';
import { shellWord } from '../../output/shell-word.ts';

/** The options of a run that a load of its records needs, as the user gave them. */
export interface GivenRun {
  readonly lake?: string | undefined;
  readonly table?: string | undefined;
  readonly config?: string | undefined;
  readonly source?: string | undefined;
  readonly lookup?: readonly string[] | undefined;
  readonly 'aws-endpoint'?: string | undefined;
}

/**
 * The command that loads what the stream did not take. As in the archive of a run, any share of it may be quarantined.
 *
 * @param path the file of these events
 */
export function unsentHint(path: string, given: GivenRun): string {
  const options = (['lake', 'table', 'config', 'source'] as const).flatMap((name) =>
    given[name] === undefined ? [] : [`--${name}`, given[name]],
  );
  const lookups = (given.lookup ?? []).flatMap((lookup) => ['--lookup', lookup]);
  const endpoint = given['aws-endpoint'];
  const command = [
    ...(endpoint === undefined ? [] : [`AWS_ENDPOINT_URL=${shellWord(endpoint)}`]),
    ...[ownCommand(process.env, import.meta.filename), 'etl run'],
    ...[path, ...options, ...lookups].map(shellWord),
    '--max-quarantine 100%',
  ];
  return `to load them: ${command.join(' ')}`;
}
