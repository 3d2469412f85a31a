import { mkdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Readable } from 'node:stream';
import { type LoadReport, lakeStatus, loadEvents } from '@headwater/etl';
import { type SimulationReport, simulateToFile } from '@headwater/simulator';
import type { Answer } from '../answer/answer.ts';
import type { ProgressState } from '../answer/progress-state.ts';
import { loadState } from '../lake/load-progress.ts';
import { askPanels, type PanelAnswer } from './ask-panels.ts';
import { demoTarget } from './demo-target.ts';
import { nextCommands } from './next-commands.ts';

/** Where the demo keeps its events and its lake. */
export const demoFolder = join('.headwater', 'demo');
const simulated = { days: 7, start: '2019-10-01', seed: 1, dirty: 0.02 };

/** What the demo works on. */
export interface DemoOptions {
  /** The user's own files; simulated events where there are none. */
  readonly files: readonly string[];
  readonly events: number;
  readonly config: string | undefined;
  readonly table: string | undefined;
  readonly signal: AbortSignal;
  readonly stdin?: Readable | undefined;
  readonly onProgress?: ((state: ProgressState) => void) | undefined;
  readonly onPart?: ((part: DemoPart) => Promise<void> | void) | undefined;
}

/** What the demo gives on its way. */
export type DemoPart =
  | { readonly kind: 'simulating'; readonly days: number }
  | { readonly kind: 'simulated'; readonly report: SimulationReport; readonly seconds: number }
  | { readonly kind: 'loading'; readonly inputs: readonly string[] }
  | { readonly kind: 'loaded'; readonly load: LoadReport }
  | { readonly kind: 'asking'; readonly from: string; readonly to: string }
  | { readonly kind: 'answered'; readonly answer: PanelAnswer };

/** What the demo did, and how long its questions took. */
export interface DemoAnswer extends Answer {
  readonly data: {
    readonly load: LoadReport;
    readonly answers: readonly {
      readonly metric: string;
      readonly parameters: Readonly<Record<string, string>>;
      readonly rows: readonly Readonly<Record<string, unknown>>[] | null;
    }[];
    /** Command lines that work on the demo's lake. */
    readonly next: readonly string[];
  };
  readonly seconds: number;
}

/** Simulates a week of a shop, or takes the user's files, loads it, and asks the main questions. */
export async function runDemo(options: DemoOptions): Promise<DemoAnswer> {
  const { files, signal, onProgress, onPart } = options;
  const lake = join(demoFolder, 'lake');
  const { table, options: found } = await demoTarget(demoFolder, files.length > 0, options);
  // The lake of an earlier demo would make this load skip its input.
  await rm(lake, { recursive: true, force: true });
  const inputs = files.length > 0 ? files : [await simulateWeek(options)];
  await onPart?.({ kind: 'loading', inputs });
  const load = await loadEvents({
    table,
    lake,
    inputs,
    stdin: options.stdin,
    onProgress: (state) => onProgress?.(loadState(state)),
    signal,
  });
  await onPart?.({ kind: 'loaded', load });
  const { days } = await lakeStatus({ table, lake });
  if (!days) return { data: { load, answers: [], next: [] }, seconds: 0, exitCode: 1 };
  const { first: from, last: to } = days;
  await onPart?.({ kind: 'asking', from, to });
  const asking = performance.now();
  const answers: PanelAnswer[] = [];
  for await (const answer of askPanels({ table, lake, from, to, signal })) {
    answers.push(answer);
    await onPart?.({ kind: 'answered', answer });
  }
  const seconds = (performance.now() - asking) / 1000;
  const next = nextCommands({ table: table.name, lake, from, to, options: found });
  const plain = answers.map(({ panel, parameters, rows = null }) => ({
    metric: panel.metric,
    parameters,
    rows,
  }));
  return { data: { load, answers: plain, next }, seconds };
}

async function simulateWeek({ events, signal, onProgress, onPart }: DemoOptions): Promise<string> {
  const out = join(demoFolder, 'events.csv');
  await mkdir(demoFolder, { recursive: true });
  await onPart?.({ kind: 'simulating', days: simulated.days });
  const started = performance.now();
  const report = await simulateToFile({
    ...simulated,
    events,
    out,
    onProgress: ({ rows }) => onProgress?.({ doing: 'simulating', fraction: rows / events, rows }),
    signal,
  });
  await onPart?.({ kind: 'simulated', report, seconds: (performance.now() - started) / 1000 });
  return relative(process.cwd(), out);
}
