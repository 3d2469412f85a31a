import type { BotLabel } from './bots/bot-kinds.ts';
import { LabelWriter } from './bots/label-writer.ts';
import { createOutput, type Output } from './output/output.ts';
import { assertLabelsApart, assertWritable, formatOf, planInputOf } from './simulation-options.ts';
import type { SimulationReport } from './simulation-report.ts';
import { type WriteEventsOptions, writeEvents } from './write-events.ts';

/** Where a run's rows go, and how. */
export interface SimulateToFileOptions extends Omit<WriteEventsOptions, 'onBotSession'> {
  /**
   * A file, or `-` for standard output. `.gz` and `.zst` at the end of a text file's name compress it. By default
   * the extension tells the format: `.csv`, `.jsonl` or `.ndjson`, `.parquet`.
   */
  readonly out: string;
  /** A CSV file that names the sessions of bots, one line each, with their kind. */
  readonly labelsOut?: string;
}

/**
 * Simulates a shop and writes its events, in the order of their time, to a file. Memory stays bounded whatever the
 * number of events; the file gets its name only when it is whole, and nothing is left behind otherwise.
 *
 * @returns what was written
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
  // Before any file is opened, so that a wrong option leaves none behind.
  planInputOf(options);
  const outputs: Output[] = [];
  const open = async (option: string, path: string): Promise<Output> => {
    const output = await createOutput(option, path);
    outputs.push(output);
    return output;
  };
  try {
    const output = await open('out', out);
    const labels = labelsOut === undefined ? undefined : new LabelWriter(await open('labelsOut', labelsOut));
    const onBotSession = (label: BotLabel): void => labels?.add(label);
    const written = await writeEvents({ ...options, format, onBotSession }, output);
    await labels?.finish();
    for (const one of outputs) await one.commit();
    return { out, ...written };
  } catch (error) {
    for (const one of outputs) await one.abort();
    throw error;
  }
}
