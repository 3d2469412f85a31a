import { sparkCapacity } from '@headwater/core';
import { sparkBytesPerCoreSecond } from '@headwater/core/internal';

/** A month of events, whose figures `docs/scale.md` has. */
export const month = { rows: 10e9, days: 30, bytesPerRow: 133 } as const;

/** How often the month is loaded, how long a run may take, and by which workers. */
const plans = [
  { every: 'hour', runs: 720, minutes: 15, workerType: 'G.1X' },
  { every: 'day', runs: 30, minutes: 10, workerType: 'G.1X' },
  { every: 'month', runs: 1, minutes: 60, workerType: 'G.1X' },
  { every: 'month', runs: 1, minutes: 60, workerType: 'G.4X' },
] as const;

const short = (value: number, digits = 0): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: digits });

/**
 * The workers, the time and the price of a month on Glue, as the table of `docs/scale.md`.
 *
 * @param bytesPerCoreSecond uncompressed bytes that a core loads in a second
 */
export function capacityTable(bytesPerCoreSecond: number = sparkBytesPerCoreSecond): string {
  const rows = plans.map(({ every, runs, minutes, workerType }) => {
    const inputBytes = (month.rows * month.bytesPerRow) / runs;
    const sized = (executionClass: 'STANDARD' | 'FLEX', slower = 1) =>
      sparkCapacity({
        inputBytes,
        bytesPerCoreSecond: bytesPerCoreSecond / slower,
        minutes,
        maxWorkers: 1000,
        workerType,
        executionClass,
      });
    const { workers, cores, seconds, dpuHours, dollars } = sized('STANDARD');
    const slow = sized('STANDARD', 5);
    return [
      every,
      `${short(inputBytes / 1e9, 1)} GB`,
      `${workers} × ${workerType}`,
      String(cores),
      short(seconds / 60),
      short(dpuHours * runs),
      `$${short(dollars * runs)}`,
      `$${short(sized('FLEX').dollars * runs)}`,
      `${slow.workers} workers, $${short(slow.dollars * runs)}`,
    ];
  });
  const head = [
    'one run every',
    'its input',
    'workers',
    'cores',
    'minutes',
    'DPU-hours a month',
    'a month',
    'FLEX',
    'at a fifth of the throughput',
  ];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Prints the table for a throughput of one's own, or for the recorded one. */
export function printCapacity(bytesPerCoreSecond: number | undefined): void {
  process.stdout.write(`\n${capacityTable(bytesPerCoreSecond)}\n`);
}
