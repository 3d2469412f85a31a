import { HeadwaterError } from '@headwater/core';
import type { BotLabel } from './bots/bot-kinds.ts';
import { LabelWriter } from './bots/label-writer.ts';
import { type DirtKind, type DirtKindName, dirtKinds } from './dirt/dirt-kinds.ts';
import { createDirtLayer } from './dirt/dirt-layer.ts';
import { createOutput, type Output } from './output/output.ts';
import { writeParquet } from './output/parquet-writer.ts';
import { writeText } from './output/text-writer.ts';
import { Simulation } from './simulation.ts';
import { formatOf, planOf, type SimulationFormat, type SimulationOptions } from './simulation-options.ts';
import { BotTally, type SimulationReport } from './simulation-report.ts';

/** Where a run's rows go, and how. */
export interface SimulateToFileOptions extends SimulationOptions {
  /** A file, or `-` for standard output. `.gz` and `.zst` at the end of a text file's name compress it. */
  readonly out: string;
  /** By default told by the extension: `.csv`, `.jsonl` or `.ndjson`, `.parquet`. */
  readonly format?: SimulationFormat;
  /** Share of the rows to damage, 0 to 1; see the table of dirt kinds. Text formats only. */
  readonly dirty?: number;
  /** A CSV file that names the sessions of bots, one line each, with their kind. */
  readonly labelsOut?: string;
  readonly onProgress?: (progress: { readonly rows: number; readonly events: number }) => void;
  readonly signal?: AbortSignal;
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

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
  const { out, signal, onProgress, dirty = 0 } = options;
  const format = formatOf(out, options.format, dirty);
  const plan = planOf(options);
  const tally = new BotTally();
  const outputs: Output[] = [];
  const open = async (path: string): Promise<Output> => {
    const output = await createOutput(path);
    outputs.push(output);
    return output;
  };
  try {
    const output = await open(out);
    const labels =
      options.labelsOut === undefined ? undefined : new LabelWriter(await open(options.labelsOut));
    const simulation = new Simulation(plan, (label: BotLabel) => {
      tally.add(label);
      labels?.add(label);
    });
    let bytes = 0;
    const counted: Output = {
      ...output,
      write(chunk) {
        bytes += chunk.length;
        return output.write(chunk);
      },
    };
    const afterChunk = (): void => {
      if (signal?.aborted) throw new HeadwaterError('INTERRUPTED', { during: `simulating ${out}` });
      onProgress?.({ rows: simulation.rows, events: plan.events });
    };
    const dirt = dirty > 0 && format !== 'parquet' ? createDirtLayer(plan.seed, dirty, format) : undefined;
    if (format === 'parquet') await writeParquet(simulation, counted, afterChunk);
    else await writeText(simulation, format, counted, dirt, afterChunk);
    await labels?.finish();
    for (const one of outputs) await one.commit();
    const kinds = dirt?.counts ?? {};
    const countOf = (kind: DirtKindName): number => kinds[kind] ?? 0;
    const legal = sum(dirtKinds.filter((kind: DirtKind) => kind.legal).map((kind) => countOf(kind.kind)));
    return {
      out,
      format,
      rows: simulation.rows,
      bytes,
      sessions: {
        visitors: plan.visitors.sessions,
        buyers: plan.buyers.sessions,
        bots: sum(plan.bots.map((bot) => bot.sessions)),
      },
      eventTypes: simulation.countsByType(),
      duplicates: simulation.duplicates,
      dirt: { kinds, legal, illegal: sum(Object.values(kinds)) - legal },
      bots: tally.kinds,
    };
  } catch (error) {
    for (const one of outputs) await one.abort();
    throw error;
  }
}
