import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AttackLabel,
  type AttackLevel,
  attackLabels,
  attackLevels,
  simulateToFile,
} from '@headwater/simulator';
import type { Incident } from '@headwater/stream';
import { eventsOfFile } from './detection/events-of-file.ts';
import { groundTruth, ownActors } from './detection/ground-truth.ts';
import { incidentsInLake } from './detection/incidents-in-lake.ts';
import { allDetectors, fixedThreshold, runWatcher } from './detection/run-watcher.ts';
import { type DetectionScore, scoreDetection, sumScores } from './detection/score-detection.ts';
import { scoreTable } from './detection/score-table.ts';

/** The scores of one run, or of several together. */
interface RunScores {
  /** The lake: the detectors of the stream over its rows, and the hourly and the daily batch. */
  readonly lake: DetectionScore;
  /** The detectors on a stream, which has no batch. */
  readonly stream: DetectionScore;
  /** The fixed threshold on the same stream. */
  readonly threshold: DetectionScore;
}

/**
 * Measures detection on runs that no parameter was chosen on, at each level, beside the stream alone and the fixed threshold.
 *
 * @param events of each run, over a week
 * @param seeds the number of runs at each level
 */
export async function benchDetection(events: number, seeds: number): Promise<void> {
  const all: RunScores[] = [];
  for (const level of attackLevels) {
    const runs: RunScores[] = [];
    for (let seed = 1; seed <= seeds; seed++) runs.push(await scoreRun(level, events, seed));
    const { lake, ...others } = together(runs);
    process.stdout.write(`\n## ${level}\n\n${scoreTable(lake, { level, others })}`);
    all.push(...runs);
  }
  const { lake, ...others } = together(all);
  process.stdout.write(`\n## all levels\n\n${scoreTable(lake, { others })}`);
}

const together = (runs: readonly RunScores[]): RunScores => ({
  lake: sumScores(runs.map((one) => one.lake)),
  stream: sumScores(runs.map((one) => one.stream)),
  threshold: sumScores(runs.map((one) => one.threshold)),
});

async function scoreRun(level: AttackLevel, events: number, seed: number): Promise<RunScores> {
  const options = {
    events,
    days: 7,
    start: '2019-10-01',
    seed,
    attacks: { level, purpose: 'report' },
  } as const;
  const folder = mkdtempSync(join(tmpdir(), 'headwater-detection-'));
  try {
    const file = join(folder, 'events.jsonl');
    await simulateToFile({ ...options, out: file });
    const labels: readonly AttackLabel[] = [...attackLabels(options)];
    const allow = ownActors(groundTruth(labels));
    const stream = await runWatcher(eventsOfFile(file), allDetectors(allow));
    const threshold = await runWatcher(eventsOfFile(file), fixedThreshold(allow));
    const inLake = await incidentsInLake(join(folder, 'lake'), file, allow, options);
    const rate = Math.round(stream.events / stream.seconds).toLocaleString('en-US');
    process.stderr.write(
      `  ${level}, seed ${seed}: ${rate} events a second of processor time through all detectors\n`,
    );
    const scoreOf = (incidents: readonly Incident[]): DetectionScore =>
      scoreDetection(labels, incidents, stream.events);
    return {
      lake: scoreOf(inLake),
      stream: scoreOf(stream.incidents),
      threshold: scoreOf(threshold.incidents),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
