import type { Console } from '../output/console.ts';
import type { ExitCode } from './exit-code.ts';
import type { Option, OptionTable } from './option.ts';

/** What the options of a table become once read. */
export type OptionValues<Options extends OptionTable> = {
  readonly [Name in keyof Options]: Options[Name] extends Option<infer Value> ? Value : never;
};

/** Options that every command takes. */
export interface CommonValues {
  /** Answer with one JSON value; errors are JSON too, on standard error. */
  readonly json: boolean;
}

/** One call of a command: its words, read. */
export interface Call<Options extends OptionTable = OptionTable> {
  readonly words: readonly string[];
  readonly options: OptionValues<Options> & CommonValues;
  readonly console: Console;
  /** Ends the work when the user does. */
  readonly signal: AbortSignal;
}

/** Words that a command takes besides its options. */
export interface Words {
  /** As in the help: `<input...>`. */
  readonly usage: string;
  readonly least: number;
  readonly most: number;
  /** What to say when they are missing. */
  readonly missing?: string;
  /** The first word's values, for completion, when they are a list. */
  readonly choices?: readonly string[];
}

/** One command: what its help says, and what it does. */
export interface Command<Options extends OptionTable = OptionTable> {
  /** As typed after `headwater`: `etl run`. */
  readonly name: string;
  readonly description: string;
  readonly words?: Words;
  readonly options: Options;
  /** Command lines without the leading `headwater`, each with what it does. */
  readonly examples: readonly (readonly [line: string, what: string])[];
  /** @returns whether all is well, `false` being exit code 1 without a further message; or the exit code itself */
  run(call: Call<Options>): Promise<boolean | ExitCode>;
}

/** Declares a command; the types of its options reach `run`. */
export function defineCommand<const Options extends OptionTable>(command: Command<Options>): Command {
  // Each command is only ever called with what was read by its own option table.
  return command as unknown as Command;
}
