import { defineEvents, type InferRow, timestamp } from '@headwater/core';
import { z } from 'zod';

/** A shop in Shanghai that somebody visits every 20 minutes. */
export const pulses = defineEvents('pulses', {
  zone: 'Asia/Shanghai',
  columns: { at: timestamp(), visitor: z.int32(), visit: z.string() },
  roles: { time: 'at', actor: 'visitor', session: 'visit' },
});

export type Pulse = InferRow<typeof pulses>;

/** The days around each change of the clock of 2024 in New York, London and on Lord Howe Island, all inclusive. */
const spans = [
  ['2024-03-08', '2024-03-12'],
  ['2024-03-29', '2024-04-09'],
  ['2024-10-04', '2024-10-08'],
  ['2024-10-25', '2024-11-05'],
] as const;

/** Events from one instant on, a number of them, so many milliseconds apart: seven visitors by turns, three events a session. */
export const pulsesFrom = (begin: number, events: number, apart: number): readonly Pulse[] =>
  Array.from({ length: events }, (_, index) => ({
    at: new Date(begin + index * apart),
    visitor: index % 7,
    visit: `${begin}-${Math.floor(index / 3)}`,
  }));

/** An event every 20 minutes of those days. */
export const pulseRows: readonly Pulse[] = spans.flatMap(([first, last]) => {
  const begin = Date.parse(first);
  return pulsesFrom(begin, (Date.parse(last) - begin) / 1_200_000 + 72, 1_200_000);
});
