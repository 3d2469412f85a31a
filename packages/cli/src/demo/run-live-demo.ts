import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { attackLabels } from '@headwater/simulator';
import type { Answer } from '../answer/answer.ts';
import { ownCommand } from '../output/own-command.ts';
import { shellWord } from '../output/shell-word.ts';
import type { RunSummary } from '../stream/run/run-summary.ts';
import { streamIntoLake } from '../stream/run/stream-into-lake.ts';
import { embeddedServices } from '../stream/services/embedded-services.ts';
import type { LiveFigures } from '../stream/view/live-figures.ts';
import { type CheckedRun, checkFound } from './check-found.ts';
import { type ComparedFigure, compareLive } from './compare-live.ts';
import { demoTarget } from './demo-target.ts';
import { nextCommands } from './next-commands.ts';
import { demoFolder } from './run-demo.ts';

/** Two days of the shop in a minute. From the second day on, it is known what is usual. */
const shown = {
  ...{ days: 2, start: '2019-10-01', seed: 3, dirty: 0.02 },
  attacks: {
    level: 'medium',
    kinds: [
      ...(['fast_scraper', 'carding', 'distributed_flood'] as const),
      ...(['flash_sale', 'advertising_spike', 'power_user', 'wish_list'] as const),
    ],
  },
} as const;
const twoDaysInAMinute = 2880;
/** No thresholds: detectors alone say who is suspicious. */
const settings = { thresholds: [], detection: {} } as const;

/** What the live demo works on. */
export interface LiveDemoOptions {
  readonly events: number;
  readonly config: string | undefined;
  readonly table: string | undefined;
  readonly signal: AbortSignal;
  /** Event time by real time. Defaults to two days in a minute. */
  readonly speed?: number | undefined;
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
    /** Who attacked, and whether that was found. */
    readonly checked: CheckedRun;
    /** What the stream counted beside what the lake answers. */
    readonly compared: readonly ComparedFigure[];
    readonly next: readonly string[];
  };
}

/**
 * Streams two simulated days of the shop into a lake, shows them live, says who of the attackers was found, and asks the lake for what the
 * stream counted.
 */
export async function runLiveDemo(options: LiveDemoOptions): Promise<LiveDemoAnswer> {
  const { events, signal, speed = twoDaysInAMinute, onPart } = options;
  const lake = join(demoFolder, 'live-lake');
  const landing = join(demoFolder, 'live-landing');
  const { table, options: found } = await demoTarget(demoFolder, false, options);
  for (const folder of [lake, landing]) await rm(folder, { recursive: true, force: true });
  await onPart?.({ kind: 'streaming', speed });
  const { data: run, exitCode = 0 } = await streamIntoLake({
    ...{ table, lake, aws: undefined, settings, landing, speed, shards: 2, loadEvery: 5, signal },
    services: embeddedServices,
    given: {
      input: { kind: 'simulated', ...shown, events },
      name: `${events} simulated events`,
      identity: [shown, events],
    },
    onMoment: (figures) => onPart?.({ kind: 'moment', figures }),
  });
  await onPart?.({ kind: 'streamed', summary: run });
  // Of a run that was stopped, only who came before.
  const until = run.to ?? '';
  const labels = [...attackLabels({ ...shown, events })].filter(({ from }) => from < until);
  const checked = checkFound(labels, run.found ?? []);
  const compared = signal.aborted ? [] : await compareLive(table, lake, run, signal);
  const day = (instant: string | null): string => instant?.slice(0, 10) ?? shown.start;
  const place = { table: table.name, lake, from: day(run.from), to: day(run.to), options: found };
  const again = [
    'stream run --input simulate --events 200k --days 3 --attacks hard --detect --speed 14400 --dashboard --lake',
    lake,
    ...found,
  ].map((word, index) => (index === 0 ? word : shellWord(word)));
  const next = [
    `${ownCommand(process.env, import.meta.filename)} ${again.join(' ')}`,
    ...nextCommands(place).slice(0, 5),
  ];
  return {
    data: { run, checked, compared, next },
    exitCode: exitCode === 0 && compared.some(({ isEqual }) => !isEqual) ? 1 : exitCode,
  };
}
