import { fileURLToPath } from 'node:url';
import type { Contender } from './contender.ts';
import { printPaired, timePaired } from './paired.ts';

const program = fileURLToPath(new URL('programs/watch-events.ts', import.meta.url));

/** Times watching events for thresholds, of few actors and of so many that not all of them are remembered. */
export function benchWatch(events: number, rounds: number): void {
  const contender = (actors: number): Contender => ({
    name: `${actors} actors`,
    command: [process.execPath, '--conditions=@headwater/source', program, String(actors), String(events)],
  });
  const results = timePaired([10_000, 10_000_000].map(contender), rounds, false);
  const rates = results.map(
    ({ name, seconds }) => `${name} ${Math.round(events / seconds).toLocaleString('en-US')}`,
  );
  printPaired(`${events} events, one threshold: ${rates.join(', ')} events a second`, results);
}
