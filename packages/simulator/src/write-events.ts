import { setImmediate } from 'node:timers/promises';
import { HeadwaterError } from '@headwater/core';
import type { BotLabel } from './bots/bot-kinds.ts';
import { type DirtKind, type DirtKindName, dirtKinds } from './dirt/dirt-kinds.ts';
import { createDirtLayer } from './dirt/dirt-layer.ts';
import type { AttackLabel } from './labels/attack-label.ts';
import type { EventSink } from './output/event-sink.ts';
import { writeParquet } from './output/parquet-writer.ts';
import { writeText } from './output/text-writer.ts';
import { Simulation } from './simulation.ts';
import {
  assertWritable,
  planInputOf,
  type SimulationFormat,
  type SimulationOptions,
} from './simulation-options.ts';
import { type PlanInput, planSteps, type SimulationPlan } from './simulation-plan.ts';
import { AttackTally, BotTally, type WrittenEvents } from './simulation-report.ts';
import { lineEndOf, type TextDialect } from './text/text-format.ts';

/** Options of a run that writes bytes. */
export interface WriteEventsOptions extends SimulationOptions {
  /** Defaults to `csv`. */
  readonly format?: SimulationFormat;
  /** Share of the rows to damage, 0 to 1; see the table of dirt kinds. Text formats only. */
  readonly dirty?: number;
  /** Line ends and header. Text formats only. */
  readonly dialect?: TextDialect;
  /** Called with the ground truth about each session of a bot, as it ends. */
  readonly onBotSession?: (label: BotLabel) => void;
  /** Called before the first row with the ground truth about each attacker and look-alike. A promise pauses the run. */
  readonly onAttackLabel?: (label: AttackLabel) => Promise<void> | undefined | void;
  readonly onProgress?: (progress: { readonly rows: number; readonly events: number }) => void;
  /** Checked while the run is planned, and after each chunk. */
  readonly signal?: AbortSignal;
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/**
 * Simulates a shop and passes its events, in the order of their time, to a sink as bytes. Memory is bounded for any number of
 * events. `simulateToFile` uses a file as the sink.
 *
 * @returns the counts of the run
 * @throws HeadwaterError SIMULATION_INVALID when an option is out of range; INTERRUPTED when `signal` fires; any error
 * of the sink
 *
 * @example
 * ```ts
 * let bytes = 0;
 * await writeEvents({ events: 100_000, days: 7, start: '2019-10-01', seed: 1 }, { write: (chunk) => void (bytes += chunk.length) });
 * ```
 */
export async function writeEvents(options: WriteEventsOptions, sink: EventSink): Promise<WrittenEvents> {
  const { format = 'csv', dirty = 0, dialect, signal, onProgress } = options;
  assertWritable(format, dirty, dialect);
  const plan = await planUnless(signal, planInputOf(options));
  const tally = new BotTally();
  const simulation = new Simulation(plan, (label) => {
    tally.add(label);
    options.onBotSession?.(label);
  });
  const attacks = plan.script && new AttackTally();
  if (attacks)
    for (const label of simulation.attackLabels()) {
      attacks.add(label);
      const ready = options.onAttackLabel?.(label);
      if (ready) await ready;
    }
  let bytes = 0;
  const counted: EventSink = {
    write(chunk) {
      bytes += chunk.length;
      return sink.write(chunk);
    },
  };
  const afterChunk = (): void => {
    assertGoingOn(signal);
    onProgress?.({ rows: simulation.rows, events: plan.events });
  };
  let kinds: WrittenEvents['dirt']['kinds'] = {};
  if (format === 'parquet') await writeParquet(simulation, counted, afterChunk);
  else {
    const dirt = dirty > 0 ? createDirtLayer(plan.seed, dirty, format, lineEndOf(dialect ?? {})) : undefined;
    await writeText(simulation, format, dialect ?? {}, counted, dirt, afterChunk);
    kinds = dirt?.counts ?? {};
  }
  const countOf = (kind: DirtKindName): number => kinds[kind] ?? 0;
  const legal = sum(dirtKinds.filter((kind: DirtKind) => kind.legal).map((kind) => countOf(kind.kind)));
  return {
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
    ...(attacks && { attacks: attacks.kinds }),
  };
}

function assertGoingOn(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new HeadwaterError('INTERRUPTED', { during: 'the simulation', left: 'The output is incomplete' });
}

/** Plans a run, with pauses in which timers and signals run. */
async function planUnless(signal: AbortSignal | undefined, input: PlanInput): Promise<SimulationPlan> {
  const steps = planSteps(input);
  for (;;) {
    assertGoingOn(signal);
    const step = steps.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}
