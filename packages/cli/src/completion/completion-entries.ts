import type { Command } from '../command-line/command.ts';
import { commandTable } from '../command-line/command-table.ts';
import { commonOptions } from '../command-line/read-call.ts';

/** One option as a shell completes it. */
export interface CompletionOption {
  readonly name: string;
  readonly description: string;
  readonly takesValue: boolean;
  /** The values there are; files otherwise. */
  readonly choices: readonly string[];
}

/** One command line's beginning, one word or two, with what may follow. */
export interface CompletionEntry {
  readonly words: readonly [first: string, second?: string];
  readonly summary: string;
  readonly options: readonly CompletionOption[];
}

/** Everything that shells complete. A metric, a target and a shell are second words like any other. */
export async function completionEntries(): Promise<readonly CompletionEntry[]> {
  const entries = await Promise.all(
    Object.entries(commandTable).map(async ([name, { summary, load }]) => {
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
    description: option.description,
    takesValue: option.type === 'string',
    choices: option.choices ?? [],
  })),
});
