import { isS3Location } from '@headwater/storage';
import { ownCommand } from './own-command.ts';
import { shellWord } from './shell-word.ts';

/** By which options a lake was found, as the user gave them. */
export interface GivenPlace {
  readonly lake?: string | undefined;
  readonly table?: string | undefined;
  readonly config?: string | undefined;
}

/** How the refused rows of a lake are looked at; undefined where no command of ours shows them. */
export function quarantineHint(lake: string, given: GivenPlace): string | undefined {
  if (isS3Location(lake)) return undefined;
  const options = (['lake', 'table', 'config'] as const).flatMap((name) =>
    given[name] === undefined ? [] : [`--${name}`, given[name]],
  );
  const command = ownCommand(process.env, import.meta.filename);
  return `look at them: ${[command, 'etl quarantine', ...options.map(shellWord)].join(' ')}`;
}
