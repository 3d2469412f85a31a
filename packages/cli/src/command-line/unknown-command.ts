import { suggest } from './suggest.ts';
import { UsageError } from './usage-error.ts';

/**
 * The error for words that begin no command.
 *
 * @param names every command
 */
export async function unknownCommand(
  words: readonly string[],
  names: readonly string[],
): Promise<UsageError> {
  const [first = '', second = ''] = words;
  const members = names.filter((name) => name.startsWith(`${first} `));
  const help = `headwater ${members.length > 0 ? `${first} ` : ''}--help lists the commands.`;
  if (members.length > 0) {
    const asked = second && !second.startsWith('-') ? second : undefined;
    if (asked === undefined)
      return new UsageError(
        `headwater ${first} needs one of: ${members.map((name) => name.split(' ')[1]).join(', ')}.`,
        help,
      );
    const meant = await suggest(`${first} ${asked}`, members);
    return new UsageError(`Unknown command "${first} ${asked}".`, ...didYouMean(meant), help);
  }
  if (first.startsWith('-'))
    return new UsageError(`Unknown option ${first}. Options follow the command.`, help);
  // `headwater run` is probably `headwater etl run`.
  const inner = names.find((name) => name.endsWith(` ${first}`));
  const groups = [...new Set(names.map((name) => name.split(' ')[0] ?? name))];
  const meant = inner ?? (await suggest(first, groups));
  return new UsageError(`Unknown command "${first}".`, ...didYouMean(meant), help);
}

const didYouMean = (name: string | undefined): string[] =>
  name === undefined ? [] : [`Did you mean headwater ${name}?`];
