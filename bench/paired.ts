import { type Contender, runContender } from './contender.ts';

/** Medians over the rounds, and the ratio of the first contender's wall time to each other's, round by round. */
export interface PairedResult {
  readonly name: string;
  readonly seconds: number;
  /** Median, smallest and largest of first / this. */
  readonly ratio: readonly [number, number, number];
  /** What the programs report; NaN if they do not. */
  readonly rows: number;
  readonly peakBytes: number;
  readonly heldBytes: number;
  readonly cpuSeconds: number;
}

/** The middle of some values; NaN without any. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/**
 * Times commands in turn, A B C A B C, so that drifts of the machine's speed affect all of them alike.
 *
 * @param warmUp whether a round runs first that is not counted
 */
export function timePaired(contenders: readonly Contender[], rounds: number, warmUp = true): PairedResult[] {
  const runs = contenders.map((): ReturnType<typeof runContender>[] => []);
  for (let round = warmUp ? -1 : 0; round < rounds; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      const run = runContender(contender);
      if (round >= 0) runs[index]?.push(run);
      const which = round < 0 ? 'warm-up' : round + 1;
      process.stderr.write(`  round ${which}, ${contender.name}: ${run.seconds.toFixed(2)} s\n`);
    }
  }
  const [first = []] = runs;
  return contenders.map(({ name }, index) => {
    const own = runs[index] ?? [];
    const ratios = first.map(({ seconds }, round) => seconds / (own[round]?.seconds ?? Number.NaN));
    const middle = (of: 'rows' | 'peakBytes' | 'heldBytes' | 'cpuSeconds'): number =>
      median(own.map((run) => run[of] ?? Number.NaN));
    return {
      name,
      seconds: median(own.map(({ seconds }) => seconds)),
      ratio: [median(ratios), Math.min(...ratios), Math.max(...ratios)],
      rows: middle('rows'),
      peakBytes: middle('peakBytes'),
      heldBytes: middle('heldBytes'),
      cpuSeconds: middle('cpuSeconds'),
    };
  });
}

/** Prints results. The ratios count; seconds depend on the machine. */
export function printPaired(title: string, results: readonly PairedResult[]): void {
  const [first] = results;
  process.stdout.write(`\n${title}\n`);
  for (const { name, seconds, ratio, cpuSeconds, peakBytes, heldBytes } of results) {
    const [middle, low, high] = ratio.map((value) => value.toFixed(2));
    const cpu = Number.isNaN(cpuSeconds) ? '' : `   processor ${cpuSeconds.toFixed(2)} s`;
    const peak = Number.isNaN(peakBytes) ? '' : `   peak ${Math.round(peakBytes / 1e6)} MB`;
    const held = Number.isNaN(heldBytes) ? '' : `   holds ${Math.round(heldBytes / 1e6)} MB`;
    const work =
      cpu && first?.cpuSeconds ? `, of processor time ${(first.cpuSeconds / cpuSeconds).toFixed(2)}` : '';
    const versus =
      name === first?.name ? '' : `   ${first?.name} / ${name} = ${middle} [${low}..${high}]${work}`;
    process.stdout.write(`  ${name.padEnd(26)} ${seconds.toFixed(2)} s${cpu}${peak}${held}${versus}\n`);
  }
}
