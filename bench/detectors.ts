import { fileURLToPath } from 'node:url';
import type { Contender } from './contender.ts';
import { printPaired, timePaired } from './paired.ts';

const flags = ['--expose-gc', '--conditions=@headwater/source'];
const program = fileURLToPath(new URL('programs/detect-actors.ts', import.meta.url));

/** Times all detectors on the rows of few actors and of so many that not all of them are remembered, beside the fixed threshold. */
export function benchDetectors(events: number, rounds: number): void {
  const contender = (name: string, actors: number, ...more: string[]): Contender => ({
    name,
    command: [process.execPath, ...flags, program, String(actors), String(events), ...more],
  });
  const results = timePaired(
    [
      contender('10 thousand actors', 10_000),
      contender('10 million actors', 10_000_000),
      contender('the threshold, 10 million', 10_000_000, '--baseline'),
    ],
    rounds,
    false,
  );
  const rates = results.map(
    ({ name, seconds }) => `${name} ${Math.round(events / seconds).toLocaleString('en-US')}`,
  );
  printPaired(`${events} events: ${rates.join(', ')} events a second of processor time`, results);
}
