import { type DataType, isNumberDecimal } from '../../table/data-type.ts';
import { decimalUnits } from '../../table/decimal-text.ts';
import type { CleanValue } from './value-parser.ts';

/**
 * Compares a clean value with a bound. The result is negative below the bound, zero at it, positive above it.
 * Exact for int64 and wide decimals, which do not pass through a double.
 */
export function rangeCheck(type: DataType, bound: string): (value: CleanValue) => number {
  if (type.kind === 'int64') {
    // A bound with a fraction is below 2^53, where doubles compare exactly.
    const limit = Number(bound);
    const exact = /^-?\d+$/.test(bound) ? BigInt(bound) : undefined;
    return (value) =>
      exact === undefined
        ? Number(value) - limit
        : order(typeof value === 'bigint' ? value : BigInt(String(value)), exact);
  }
  if (type.kind === 'decimal' && !isNumberDecimal(type)) {
    const limit = decimalUnits(bound);
    return (value) => order(decimalUnits(String(value)), limit);
  }
  if (type.kind === 'timestamp') {
    const limit = Date.parse(bound);
    return (value) => (value instanceof Date ? value.getTime() : Number.NaN) - limit;
  }
  if (type.kind === 'date') return (value) => (String(value) < bound ? -1 : Number(String(value) > bound));
  const limit = Number(bound);
  return (value) => Number(value) - limit;
}

const order = (left: bigint, right: bigint): number => (left < right ? -1 : Number(left > right));
