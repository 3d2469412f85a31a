import { hash } from 'node:crypto';

/** One more than the highest hash key: MD5 has 128 bits. */
const hashKeys = 1n << 128n;

/** The hash keys of a shard: from `start` to `end`, both included. */
export interface HashRange {
  readonly start: bigint;
  readonly end: bigint;
}

const hexOf = (key: bigint): string => key.toString(16).padStart(32, '0');

/** The hash key of a partition key, its MD5, as 32 hexadecimal digits, which sort as the numbers do. */
export const hashKeyOf = (partitionKey: string): string => hash('md5', partitionKey, 'hex');

/** The hash key that an entry gives itself, in the same form. */
export const explicitHashKeyOf = (decimal: string): string => hexOf(BigInt(decimal));

/** The end of a range in the same form. */
export const endOf = (range: HashRange): string => hexOf(range.end);

/** All hash keys in `count` ranges of nearly equal size. */
export function evenHashRanges(count: number): HashRange[] {
  const bound = (index: number): bigint => (hashKeys * BigInt(index)) / BigInt(count);
  return Array.from({ length: count }, (_, index) => ({ start: bound(index), end: bound(index + 1) - 1n }));
}

/** A range in two halves. The second begins with `at`, which defaults to the middle. */
export function splitHashRange(
  range: HashRange,
  at: bigint = (range.start + range.end + 1n) / 2n,
): [HashRange, HashRange] {
  return [
    { start: range.start, end: at - 1n },
    { start: at, end: range.end },
  ];
}
