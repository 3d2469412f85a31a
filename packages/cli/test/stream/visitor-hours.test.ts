import { expect, it } from 'vitest';
import { visitorHours } from '../../src/stream/run/visitor-hours.ts';
import { hoursIn } from '../../src/stream/view/hour-counts.ts';
import { clickstream } from '../../src/template/clickstream.ts';

const hour = 3_600_000;
const start = Date.UTC(2019, 9, 1);

async function seen(events: readonly (readonly [time: number, user: bigint | null])[], most?: number) {
  const visitors = visitorHours(clickstream, hoursIn('UTC'), most);
  const delivered = events.map(([time, user_id], index) => ({
    kind: 'event' as const,
    event: { event_time: new Date(start + time), user_id },
    sequenceNumber: String(index),
  }));
  const handler = visitors.over({ name: 'x', process: async () => undefined });
  await handler.process(delivered, {} as never, new Date());
  return visitors;
}

it('counts each visitor once in an hour, and nobody twice', async () => {
  const visitors = await seen([
    [0, 1n],
    [1, 2n],
    [2, 1n],
    [3, null],
    [hour, 1n],
  ]);
  expect([0, 1, 2].map((nth) => visitors.count(start + nth * hour))).toEqual([2, 1, 0]);
});

it('forgets the oldest hours beyond a day, and those with more visitors than it can tell apart', async () => {
  const days = await seen(Array.from({ length: 30 }, (_, nth) => [nth * hour, 1n] as const));
  expect([0, 4, 5, 29].map((nth) => days.count(start + nth * hour))).toEqual([null, null, 1, 1]);
  const many = await seen(
    Array.from({ length: 60 }, (_, nth) => [Math.floor(nth / 20) * hour, BigInt(nth)] as const),
    50,
  );
  expect([0, 1, 2].map((nth) => many.count(start + nth * hour))).toEqual([null, 20, 20]);
  // An hour that was forgotten is not counted anew.
  const late = await seen([...Array.from({ length: 26 }, (_, nth) => [nth * hour, 1n] as const), [0, 9n]]);
  expect(late.count(start)).toBeNull();
});

it('an hour begins where it does in its zone', () => {
  const at = Date.parse('2024-03-17T10:10:00Z');
  expect(new Date(hoursIn('Asia/Kolkata')(at)).toISOString()).toBe('2024-03-17T09:30:00.000Z');
  expect(new Date(hoursIn('Europe/Berlin')(at)).toISOString()).toBe('2024-03-17T10:00:00.000Z');
});
