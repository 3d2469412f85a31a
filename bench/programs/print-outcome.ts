import type { Outcome } from '../contender.ts';

/** Prints what this process did and used, for `runContender`. */
export function printOutcome(rows: number): void {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const outcome: Outcome = {
    rows,
    peakBytes: maxRSS * 1024,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
  };
  process.stdout.write(`${JSON.stringify(outcome)}\n`);
}
