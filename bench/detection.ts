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
import { eventsOfFile } from './detection/events-of-file.ts';
import { groundTruth, ownActors } from './detection/ground-truth.ts';
import { allDetectors, fixedThreshold, runWatcher, type WatcherRun } from './detection/run-watcher.ts';
import { type DetectionScore, scoreDetection, sumScores } from './detection/score-detection.ts';
import { scoreTable } from './detection/score-table.ts';

/** The scores of one run, or of several together. */
interface RunScores {
  readonly detectors: DetectionScore;
  readonly threshold: DetectionScore;
}

/**
 * Measures detection on runs that no parameter was chosen on, at each level, beside the fixed threshold.
 *
 * @param events of each run, over a week
 * @param seeds the number of runs at each level
 */
export async function benchDetection(events: number, seeds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'headwater-detection-'));
  try {
    const all: RunScores[] = [];
    for (const level of attackLevels) {
      const runs: RunScores[] = [];
      for (let seed = 1; seed <= seeds; seed++) runs.push(await scoreRun(folder, level, events, seed));
      const { detectors, threshold } = together(runs);
      process.stdout.write(`\n## ${level}\n\n${scoreTable(detectors, { level, threshold })}`);
      all.push(...runs);
    }
    const { detectors, threshold } = together(all);
    process.stdout.write(`\n## all levels\n\n${scoreTable(detectors, { threshold })}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const together = (runs: readonly RunScores[]): RunScores => ({
  detectors: sumScores(runs.map((one) => one.detectors)),
  threshold: sumScores(runs.map((one) => one.threshold)),
});

async function scoreRun(
  folder: string,
  level: AttackLevel,
  events: number,
  seed: number,
): Promise<RunScores> {
  const options = {
    events,
    days: 7,
    start: '2019-10-01',
    seed,
    attacks: { level, purpose: 'report' },
  } as const;
  const file = join(folder, 'events.jsonl');
  await simulateToFile({ ...options, out: file });
  const labels: readonly AttackLabel[] = [...attackLabels(options)];
  const allow = ownActors(groundTruth(labels));
  const detectors = await runWatcher(eventsOfFile(file), allDetectors(allow));
  const threshold = await runWatcher(eventsOfFile(file), fixedThreshold(allow));
  const rate = Math.round(detectors.events / detectors.seconds).toLocaleString('en-US');
  process.stderr.write(
    `  ${level}, seed ${seed}: ${rate} events a second of processor time through all detectors\n`,
  );
  const scoreOf = (run: WatcherRun): DetectionScore => scoreDetection(labels, run.incidents, run.events);
  return { detectors: scoreOf(detectors), threshold: scoreOf(threshold) };
}
