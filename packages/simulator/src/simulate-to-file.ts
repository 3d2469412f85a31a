import type { BotLabel } from './bots/bot-kinds.ts';
import { LabelWriter } from './bots/label-writer.ts';
import type { AttackLabel } from './labels/attack-label.ts';
import { AttackLabelWriter } from './labels/attack-label-writer.ts';
import { createOutput, type Output } from './output/output.ts';
import { assertLabelsApart, assertWritable, formatOf, planInputOf } from './simulation-options.ts';
import type { SimulationReport } from './simulation-report.ts';
import { type WriteEventsOptions, writeEvents } from './write-events.ts';

/** Options of a run that writes to a file. */
export interface SimulateToFileOptions extends Omit<WriteEventsOptions, 'onBotSession' | 'onAttackLabel'> {
  /**
   * A file, or `-` for standard output. A text file whose name ends in `.gz` or `.zst` is compressed. The format defaults
   * to that of the extension: `.csv`, `.jsonl` or `.ndjson`, `.parquet`.
   */
  readonly out: string;
  /** A CSV file for the sessions of bots with their kind, one line each; with `attacks`, JSON Lines of {@link AttackLabel}. */
  readonly labelsOut?: string;
}

/**
 * Simulates a shop and writes its events, in the order of their time, to a file. Memory is bounded for any
 * number of events. The file gets its name only when it is complete; a run that fails leaves no file.
 *
 * @returns the counts of the run
 * @throws HeadwaterError SIMULATION_INVALID when an option is out of range; INTERRUPTED when `signal` fires
 *
 * @example
 * ```ts
 * const report = await simulateToFile({ events: 100_000, days: 7, start: '2019-10-01', seed: 1, out: 'events.csv' });
 * console.log(report.eventTypes.purchase);
 * ```
 */
export async function simulateToFile(options: SimulateToFileOptions): Promise<SimulationReport> {
  const { out, labelsOut } = options;
  const format = formatOf(out, options.format);
  assertWritable(format, options.dirty ?? 0, options.dialect);
  assertLabelsApart(out, labelsOut);
  // Check the options before any file is opened.
  planInputOf(options);
  const outputs: Output[] = [];
  const open = async (option: string, path: string): Promise<Output> => {
    const output = await createOutput(option, path);
    outputs.push(output);
    return output;
  };
  try {
    const output = await open('out', out);
    const labels = labelsOut === undefined ? undefined : await open('labelsOut', labelsOut);
    const ofBots = labels && options.attacks === undefined ? new LabelWriter(labels) : undefined;
    const ofAttacks = labels && options.attacks !== undefined ? new AttackLabelWriter(labels) : undefined;
    const onBotSession = (label: BotLabel): void => ofBots?.add(label);
    const onAttackLabel = (label: AttackLabel): Promise<void> | undefined => ofAttacks?.add(label);
    const written = await writeEvents({ ...options, format, onBotSession, onAttackLabel }, output);
    await ofBots?.finish();
    await ofAttacks?.finish();
    for (const one of outputs) await one.commit();
    return { out, ...written };
  } catch (error) {
    for (const one of outputs) await one.abort();
    throw error;
  }
}
