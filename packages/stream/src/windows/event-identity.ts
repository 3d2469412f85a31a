import type { TableSchema } from '@headwater/core';
import { keepsAllRows } from '@headwater/core/internal';

/** A clean event, by column. */
export type EventRow = Readonly<Record<string, unknown>>;

/**
 * A number of 53 bits for each event: equal for rows that the definition takes for one event (its duplicate key), and otherwise
 * different but for one pair in 9 quadrillion. Where the definition keeps all rows, a record is its own event, and `place` is
 * what tells it from others.
 *
 * @returns a function that gives undefined where all rows are kept and no place is given
 */
export function eventIdentity(schema: TableSchema): (event: EventRow, place?: string) => number | undefined {
  if (keepsAllRows(schema)) return (_event, place) => (place === undefined ? undefined : identityOf([place]));
  const key = schema.duplicateKey;
  return (event) => {
    const hash = startHash();
    for (const column of key) addValue(hash, event[column]);
    return endHash(hash);
  };
}

/** The identity of a list of values. */
export function identityOf(values: readonly unknown[]): number {
  const hash = startHash();
  for (const value of values) addValue(hash, value);
  return endHash(hash);
}

interface Hash {
  high: number;
  low: number;
}

const startHash = (): Hash => ({ high: 0xdeadbeef, low: 0x41c6ce57 });

/** Adds a value, and a mark of its end, so that "ab","c" is not "a","bc". */
function addValue(hash: Hash, value: unknown): void {
  const text = textOf(value);
  // Two multiplicative hashes over UTF-16 units, with the multipliers of xxHash and of a linear congruential generator.
  let { high, low } = hash;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x9e3779b1);
    low = Math.imul(low ^ unit, 0x5f356495);
  }
  hash.high = Math.imul(high ^ 0x10000 ^ text.length, 0x9e3779b1);
  hash.low = Math.imul(low ^ 0x10000 ^ text.length, 0x5f356495);
}

function endHash({ high, low }: Hash): number {
  const a = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  const b = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return (b & 0x1fffff) * 0x100000000 + (a >>> 0);
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return String(value.getTime());
  if (typeof value === 'object' && value !== null)
    return JSON.stringify(value, (_name, one) => (typeof one === 'bigint' ? String(one) : one));
  return value === null || value === undefined ? '\0' : String(value);
}
