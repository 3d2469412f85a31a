/**
 * Compares two sequence numbers as numbers: negative when `a` is lower, positive when it is higher, 0 when they are equal. Text
 * comparison is wrong where they differ in length: `'9' > '10'`.
 */
export function compareSequenceNumbers(a: string, b: string): number {
  // Of equal length, digits compare as the numbers do, without the cost of a BigInt.
  if (a.length === b.length) return a < b ? -1 : a > b ? 1 : 0;
  const difference = BigInt(a) - BigInt(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
