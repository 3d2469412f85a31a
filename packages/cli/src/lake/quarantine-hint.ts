import { ownCommand } from '../output/own-command.ts';
import { shellWord } from '../output/shell-word.ts';

/** The options that chose the lake, as the user gave them. */
export interface GivenPlace {
  readonly lake?: string | undefined;
  readonly table?: string | undefined;
  readonly config?: string | undefined;
}

/** The command that shows the quarantined rows of a lake. */
export function quarantineHint(given: GivenPlace): string {
  const options = (['lake', 'table', 'config'] as const).flatMap((name) =>
    given[name] === undefined ? [] : [`--${name}`, given[name]],
  );
  const command = ownCommand(process.env, import.meta.filename);
  return `to see them: ${[command, 'etl quarantine', ...options.map(shellWord)].join(' ')}`;
}
