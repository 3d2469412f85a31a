import { fileURLToPath } from 'node:url';
import type { Contender } from './contender.ts';
import { printPaired, timePaired } from './paired.ts';

const program = fileURLToPath(new URL('programs/apply-events.ts', import.meta.url));

/** Times live sessions and counts from events, in the order of their time and out of it. */
export function benchSessions(events: number, rounds: number): void {
  const contender = (order: string): Contender => ({
    name: order,
    command: [process.execPath, '--conditions=@headwater/source', program, order, String(events)],
  });
  const results = timePaired(['ordered', 'disordered'].map(contender), rounds, false);
  const rates = results.map(
    ({ name, seconds }) => `${name} ${Math.round(events / seconds).toLocaleString('en-US')}`,
  );
  printPaired(`${events} events into an embedded store: ${rates.join(', ')} a second`, results);
}
