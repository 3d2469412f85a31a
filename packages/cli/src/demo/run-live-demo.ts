import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer } from '../answer/answer.ts';
import { ownCommand } from '../output/own-command.ts';
import { shellWord } from '../output/shell-word.ts';
import type { RunSummary } from '../stream/run/run-summary.ts';
import { streamIntoLake } from '../stream/run/stream-into-lake.ts';
import { embeddedServices } from '../stream/services/embedded-services.ts';
import type { LiveFigures } from '../stream/view/live-figures.ts';
import { type ComparedFigure, compareLive } from './compare-live.ts';
import { demoTarget } from './demo-target.ts';
import { nextCommands } from './next-commands.ts';
import { demoFolder } from './run-demo.ts';

/** A day of the shop in a minute. */
const shown = { days: 1, start: '2019-10-01', seed: 1, dirty: 0.02, bots: 0.08 };
const speed = 1440;

/** What the live demo works on. */
export interface LiveDemoOptions {
  readonly events: number;
  readonly config: string | undefined;
  readonly table: string | undefined;
  readonly signal: AbortSignal;
  readonly onPart?: ((part: LiveDemoPart) => Promise<void> | void) | undefined;
}

/** What the live demo gives on its way. */
export type LiveDemoPart =
  | { readonly kind: 'streaming'; readonly speed: number }
  | { readonly kind: 'moment'; readonly figures: LiveFigures }
  | { readonly kind: 'streamed'; readonly summary: RunSummary };

/** What the live demo did. */
export interface LiveDemoAnswer extends Answer {
  readonly data: {
    readonly run: RunSummary;
    /** What the stream counted beside what the lake answers. */
    readonly compared: readonly ComparedFigure[];
    readonly next: readonly string[];
  };
}

/** Streams a simulated day of the shop into a lake, shows it live, and asks the lake for what the stream counted. */
export async function runLiveDemo(options: LiveDemoOptions): Promise<LiveDemoAnswer> {
  const { events, signal, onPart } = options;
  const lake = join(demoFolder, 'live-lake');
  const landing = join(demoFolder, 'live-landing');
  const { table, options: found } = await demoTarget(demoFolder, false, options);
  for (const folder of [lake, landing]) await rm(folder, { recursive: true, force: true });
  await onPart?.({ kind: 'streaming', speed });
  const { data: run, exitCode = 0 } = await streamIntoLake({
    ...{ table, lake, aws: undefined, settings: {}, landing, speed, shards: 2, loadEvery: 5, signal },
    services: embeddedServices,
    given: {
      input: { kind: 'simulated', ...shown, events },
      name: `${events} simulated events`,
      identity: [shown, events],
    },
    onMoment: (figures) => onPart?.({ kind: 'moment', figures }),
  });
  await onPart?.({ kind: 'streamed', summary: run });
  const compared = signal.aborted ? [] : await compareLive(table, lake, run, signal);
  const day = (instant: string | null): string => instant?.slice(0, 10) ?? shown.start;
  const place = { table: table.name, lake, from: day(run.from), to: day(run.to), options: found };
  const again = ['stream run --input simulate --bots 5% --dirty 2% --speed 3600 --lake', lake, ...found].map(
    (word, index) => (index === 0 ? word : shellWord(word)),
  );
  const next = [
    `${ownCommand(process.env, import.meta.filename)} ${again.join(' ')}`,
    ...nextCommands(place).slice(0, 5),
  ];
  return {
    data: { run, compared, next },
    exitCode: exitCode === 0 && compared.some(({ isEqual }) => !isEqual) ? 1 : exitCode,
  };
}
