import type { Outcome } from '../contender.ts';

/** Says what this process did and took, for `runContender` to read. */
export function printOutcome(rows: number): void {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const outcome: Outcome = {
    rows,
    peakBytes: maxRSS * 1024,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
  };
  process.stdout.write(`${JSON.stringify(outcome)}\n`);
}
