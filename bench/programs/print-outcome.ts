import { readFileSync } from 'node:fs';
import type { Outcome } from '../contender.ts';

/** Linux counts processor time in hundredths of a second (https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html). */
const ticks = 100;

/** Processor seconds of the processes that this one started and that have ended; 0 where the system does not say. */
function childSeconds(): number {
  if (process.platform !== 'linux') return 0;
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / ticks;
}

/**
 * Prints what this process did and used, for `runContender`.
 *
 * @param seconds the time of its work, for a process that is not timed as a whole
 * @param heldBytes memory that is in use at its end
 */
export function printOutcome(rows: number, seconds?: number, heldBytes?: number): void {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const outcome: Outcome = {
    rows,
    peakBytes: maxRSS * 1024,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 + childSeconds(),
    ...(seconds === undefined ? {} : { seconds }),
    ...(heldBytes === undefined ? {} : { heldBytes }),
  };
  process.stdout.write(`${JSON.stringify(outcome)}\n`);
}
