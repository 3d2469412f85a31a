import type { PlainEvent } from './plain-event.ts';

/** The sum of the amounts of events; those without one add nothing. */
export const sumOf = (events: Iterable<PlainEvent>): bigint => {
  let sum = 0n;
  for (const { amount } of events) sum += amount ?? 0n;
  return sum;
};

/** A sum as the number that an answer shows: the one nearest to its decimal text. */
export function numberOf(sum: bigint, scale: number): number {
  const digits = String(sum < 0n ? -sum : sum).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return Number(`${sum < 0n ? '-' : ''}${whole}.${digits.slice(digits.length - scale)}0`);
}

/** A part of a whole; null when the whole is 0. */
export const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
