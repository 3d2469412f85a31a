import { spawnSync } from 'node:child_process';

/** One command to time, as a whole process. */
export interface Contender {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Runs before each timing, untimed. */
  readonly prepare?: () => void;
}

/** Medians over the rounds, and the ratio of the first contender's wall time to each other's, round by round. */
export interface PairedResult {
  readonly name: string;
  readonly seconds: number;
  /** Median, smallest and largest of first / this. */
  readonly ratio: readonly [number, number, number];
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Times commands in turn, A B C A B C, so that a machine whose speed drifts slows all of them alike. One warm-up round. */
export function timePaired(contenders: readonly Contender[], rounds: number): PairedResult[] {
  const seconds = contenders.map((): number[] => []);
  for (let round = -1; round < rounds; round += 1) {
    for (const [index, { name, command, prepare }] of contenders.entries()) {
      prepare?.();
      const [program, ...args] = command;
      const started = process.hrtime.bigint();
      const { status, stderr } = spawnSync(program, args, {
        stdio: ['ignore', 'ignore', 'pipe'],
        encoding: 'utf8',
        maxBuffer: 1 << 26,
      });
      const elapsed = Number(process.hrtime.bigint() - started) / 1e9;
      if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr.slice(-2000)}`);
      if (round >= 0) seconds[index]?.push(elapsed);
      process.stderr.write(
        `  round ${round < 0 ? 'warm-up' : round + 1}, ${name}: ${elapsed.toFixed(2)} s\n`,
      );
    }
  }
  const [first = []] = seconds;
  return contenders.map(({ name }, index) => {
    const ratios = first.map((value, round) => value / (seconds[index]?.[round] ?? Number.NaN));
    return {
      name,
      seconds: median(seconds[index] ?? []),
      ratio: [median(ratios), Math.min(...ratios), Math.max(...ratios)],
    };
  });
}

/** Prints a result: ratios first, since seconds are the machine's. */
export function printPaired(title: string, results: readonly PairedResult[]): void {
  const [first] = results;
  process.stdout.write(`\n${title}\n`);
  for (const { name, seconds, ratio } of results) {
    const [middle, low, high] = ratio.map((value) => value.toFixed(2));
    const versus = name === first?.name ? '' : `   ${first?.name} / ${name} = ${middle} [${low}..${high}]`;
    process.stdout.write(`  ${name.padEnd(26)} ${seconds.toFixed(2)} s${versus}\n`);
  }
}
