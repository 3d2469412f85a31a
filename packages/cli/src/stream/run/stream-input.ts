import { resolve } from 'node:path';
import type { OptionValues } from '../../command-line/command.ts';
import { UsageError } from '../../command-line/usage-error.ts';
import { givenHeader } from '../../lake/reading-options.ts';
import type { StreamInput } from '../source/record-source.ts';
import { simulateWord, type streamRunOptions } from './stream-run-options.ts';

/** An input as the command line names it. */
export interface GivenInput {
  readonly input: StreamInput;
  /** For messages: `events.csv`, or `20,000 simulated events`. */
  readonly name: string;
  /** What decides about its records, as plain data. The same input has the same, whatever folder the command is called in. */
  readonly identity: unknown;
}

/**
 * The input that options name.
 *
 * @throws UsageError without one, or with options of the other kind
 */
export function streamInput(options: OptionValues<typeof streamRunOptions>): GivenInput {
  const { input: word, events, days, start, seed, dirty, bots, attacks, labels } = options;
  const { source, format, delimiter } = options;
  if (word === undefined)
    throw new UsageError(`headwater stream run needs --input FILE, or --input ${simulateWord}.`);
  if (labels !== undefined && attacks === undefined) throw new UsageError('--labels needs --attacks LEVEL.');
  if (word === simulateWord) {
    const input: StreamInput = {
      ...{ kind: 'simulated', events, days, start, seed },
      ...(dirty === undefined ? {} : { dirty }),
      ...(bots === undefined ? {} : { bots }),
      ...(attacks === undefined ? {} : { attacks }),
    };
    return { input, name: `${events} simulated events`, identity: input };
  }
  if (dirty !== undefined || bots !== undefined || attacks !== undefined)
    throw new UsageError(
      `--dirty, --bots and --attacks are for --input ${simulateWord}: a file has its own.`,
    );
  const input: StreamInput = {
    kind: 'file',
    input: word,
    source,
    format,
    delimiter,
    header: givenHeader(options),
  };
  return { input, name: word, identity: { ...input, input: resolve(word) } };
}
