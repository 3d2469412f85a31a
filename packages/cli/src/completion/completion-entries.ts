import type { Command } from '../command-line/command.ts';
import { optionText } from '../command-line/option.ts';
import { commonOptions } from '../command-line/read-call.ts';

/** One option as a shell completes it. */
export interface CompletionOption {
  readonly name: string;
  readonly description: string;
  readonly takesValue: boolean;
  /** The accepted values; files where the list is empty. */
  readonly choices: readonly string[];
  /** Its values are names in the config, which `headwater completion <names>` prints. */
  readonly names?: string;
}

/** The beginning of a command line, one word or two, with what may follow. */
export interface CompletionEntry {
  readonly words: readonly [first: string, second?: string];
  readonly summary: string;
  readonly options: readonly CompletionOption[];
}

/** The commands by name, as {@link completionEntries} takes them. */
type Commands = Readonly<
  Record<string, { readonly summary: string; load(argv: readonly string[]): Promise<Command> }>
>;

/** Everything that shells complete. A metric, a target and a shell are second words like any other. */
export async function completionEntries(commands: Commands): Promise<readonly CompletionEntry[]> {
  const entries = await Promise.all(
    Object.entries(commands).map(async ([name, { summary, load }]) => {
      const command = await load([]);
      const [first = '', second] = name.split(' ');
      const own =
        second === undefined
          ? entryOf([first], summary, command)
          : entryOf([first, second], summary, command);
      const choices = await Promise.all(
        (command.words?.choices ?? []).map(async (word) => entryOf([first, word], '', await load([word]))),
      );
      return [own, ...choices];
    }),
  );
  return entries.flat();
}

const entryOf = (words: CompletionEntry['words'], summary: string, command: Command): CompletionEntry => ({
  words,
  summary,
  options: Object.entries({ ...command.options, ...commonOptions }).map(([name, option]) => ({
    name: `--${name}`,
    description: optionText(option),
    takesValue: option.type === 'string',
    choices: option.choices ?? [],
    ...(option.names ? { names: option.names } : {}),
  })),
});
