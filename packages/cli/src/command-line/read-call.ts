import { parseArgs } from 'node:util';
import type { Command } from './command.ts';
import { flag, type OptionTable } from './option.ts';
import { suggestion } from './suggest.ts';
import { UsageError } from './usage-error.ts';

/** Options of every command. */
export const commonOptions: OptionTable = {
  json: flag('Print one JSON value, and errors as JSON on standard error'),
  help: flag('Show this help'),
};

/** The words and options of a command line. */
export interface ReadCall {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, unknown>> & { readonly json: boolean; readonly help: boolean };
}

/**
 * Reads the words after a command's name.
 *
 * @throws UsageError for an unknown option, a value that is missing or wrong, too few or too many words
 */
export async function readCall(command: Command, argv: readonly string[]): Promise<ReadCall> {
  const table: OptionTable = { ...command.options, ...commonOptions };
  const { tokens } = parseArgs({
    args: [...argv],
    options: {
      ...Object.fromEntries(Object.entries(table).map(([name, { type }]) => [name, { type }])),
      help: { type: 'boolean', short: 'h' },
    },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const words: string[] = [];
  const given = new Map<string, unknown>();
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    const option = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!option) {
      throw new UsageError(
        `Unknown option ${rawName} of headwater ${command.name}.`,
        ...(await suggestion(name, Object.keys(table), '--')),
      );
    }
    if (option.type === 'boolean' && value !== undefined)
      throw new UsageError(`${rawName} takes no value, but got ${value}.`);
    const isOptionLike = value !== undefined && !inlineValue && /^--?[a-z]/i.test(value);
    if (option.type === 'string' && (value === undefined || isOptionLike))
      throw new UsageError(`${rawName} needs a value: ${rawName} ${option.placeholder}.`);
    const read = option.read(value ?? '', name);
    given.set(name, option.repeats ? [given.get(name) ?? [], read].flat() : read);
  }
  const help = given.has('help');
  if (!help) assertWords(command, words);
  const options = Object.fromEntries(
    Object.entries(table).map(([name, option]) => [
      name,
      given.has(name) ? given.get(name) : option.fallback,
    ]),
  );
  return { words, options: { ...options, json: given.has('json'), help } };
}

function assertWords({ name, words }: Command, given: readonly string[]): void {
  const { least, most, usage, missing } = words ?? { least: 0, most: 0, usage: '', missing: undefined };
  if (given.length < least) throw new UsageError(`headwater ${name} needs ${missing ?? usage}.`);
  if (given.length > most)
    throw new UsageError(`headwater ${name} takes ${usage || 'no words'}, but got "${given[most]}" too.`);
}
