import type { Readable } from 'node:stream';
import type { Answer, RowsAnswer } from '../answer/answer.ts';
import type { ExitCode } from '../answer/exit-code.ts';
import type { ProgressState } from '../answer/progress-state.ts';
import type { Console } from '../output/console.ts';
import type { Option, OptionTable } from './option.ts';

/** The values of a table of options, once read. */
export type OptionValues<Options extends OptionTable> = {
  readonly [Name in keyof Options]: Options[Name] extends Option<infer Value> ? Value : never;
};

/** Options that every command takes. */
interface CommonValues {
  /** Print one JSON value; print errors as JSON too, on standard error. */
  readonly json?: boolean;
}

/**
 * One call of a command. It has no console: the caller shows the answer, whether it is the command line, a service or a page.
 *
 * @typeParam Part a part of the answer that is ready before the whole of it
 */
export interface Call<Options extends OptionTable = OptionTable, Part = never> {
  readonly words: readonly string[];
  readonly options: OptionValues<Options> & CommonValues;
  /** Stops the work. */
  readonly signal: AbortSignal;
  /** The data that the word `-` stands for. */
  readonly stdin?: Readable;
  /** Called as the work proceeds. */
  readonly onProgress?: (state: ProgressState) => void;
  /** Called with each part of the answer when it is ready. */
  readonly onPart?: (part: Part) => Promise<void> | void;
  /** Asks the user a yes-or-no question. Undefined where nobody can answer. */
  readonly confirm?: (question: string) => Promise<boolean>;
}

/** The words that a command takes besides its options. */
export interface Words {
  /** As the help shows them: `<input...>`. */
  readonly usage: string;
  readonly least: number;
  readonly most: number;
  /** Names them in the message about a missing word. */
  readonly missing?: string;
  /** The values of the first word, for completion, when they are a list. */
  readonly choices?: readonly string[];
}

/** One command: its help, its answer, and how the answer is printed for people. */
export interface Command<
  Options extends OptionTable = OptionTable,
  Given extends Answer = Answer,
  Part = unknown,
> {
  /** As typed after `headwater`: `etl run`. */
  readonly name: string;
  readonly description: string;
  readonly words?: Words;
  readonly options: Options;
  /** Command lines without the leading `headwater`, each with what it does. */
  readonly examples: readonly (readonly [line: string, what: string])[];
  /** The exit code of a failure. Defaults to 1. */
  readonly failureCode?: ExitCode;
  /** Does the work and returns the answer. Prints nothing. */
  run(call: Call<Options, Part>): Promise<Given | RowsAnswer>;
  /** Prints an answer for people. Absent where every answer is rows, which have a printer of their own. */
  print?(answer: Given, console: Console, options: OptionValues<Options>): Promise<void>;
  /** Prints one part of the answer for people, before the answer is complete. */
  printPart?(part: Part, console: Console): Promise<void> | void;
}

/** Declares a command. The types of its options and of its answer reach `run` and `print`. */
export const defineCommand = <const Options extends OptionTable, Given extends Answer, Part = never>(
  command: Command<Options, Given, Part>,
): Command<Options, Given, Part> => command;
