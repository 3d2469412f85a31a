import type { DataType, TableSchema } from '@headwater/core';
import { columnOf } from '@headwater/core/internal';

/** Digits behind the point to which metrics round an amount that is a double. */
const doubleScale = 4;

/** The amounts of a table's events. */
export interface EventAmount {
  /** Digits behind the point of all amounts and sums. */
  readonly scale: number;
  /** The amount of a row in units of 10^-scale, times its quantity where the definition says so; null when either is null. */
  readonly of: (row: Readonly<Record<string, unknown>>) => bigint | null;
}

/**
 * Reads the amounts of events exactly, as metrics do: decimals by their scale, doubles rounded to four digits.
 *
 * @returns undefined for a table without the role amount
 */
export function eventAmount(schema: TableSchema): EventAmount | undefined {
  const { amount, quantity } = schema.roles;
  if (amount === undefined) return undefined;
  const names = schema.amountPer === 'unit' && quantity !== undefined ? [amount, quantity] : [amount];
  const types = names.map((name) => columnOf(schema, name).type);
  if (types.some(({ kind }) => kind === 'double'))
    return {
      scale: doubleScale,
      of: (row) => {
        const factors = names.map((name) => row[name]);
        if (factors.some((factor) => factor === null || factor === undefined)) return null;
        return unitsOf(
          factors.reduce((product: number, one) => product * Number(one), 1),
          doubleScale,
        );
      },
    };
  const [first, second] = types.map((type, index) => unitsReader(type, names[index] ?? ''));
  const scale = types.reduce((sum, type) => sum + scaleOf(type), 0);
  if (!first) return undefined;
  if (!second) return { scale, of: first };
  return {
    scale,
    of: (row) => {
      const [one, other] = [first(row), second(row)];
      return one === null || other === null ? null : one * other;
    },
  };
}

const scaleOf = (type: DataType): number => (type.kind === 'decimal' ? type.scale : 0);

function unitsReader(type: DataType, name: string): EventAmount['of'] {
  const scale = scaleOf(type);
  return (row) => {
    const value = row[name];
    return value === null || value === undefined ? null : unitsOf(value, scale);
  };
}

/** A clean number in units of 10^-scale, rounded half away from zero. */
function unitsOf(value: unknown, scale: number): bigint {
  if (typeof value === 'bigint') return value * 10n ** BigInt(scale);
  if (typeof value === 'number') {
    const units = Math.abs(value) * 10 ** scale;
    // A decimal of up to 15 digits has one nearest integer here: the product is off by less than a half.
    if (units < Number.MAX_SAFE_INTEGER) return BigInt(Math.sign(value) * Math.round(units));
    return unitsOfText(value.toFixed(scale), scale);
  }
  return unitsOfText(String(value), scale);
}

function unitsOfText(text: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'));
}

/** Units of 10^-scale as decimal text: `amountText(-5n, 2)` is `-0.05`. */
export function amountText(units: bigint, scale: number): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const sign = units < 0n ? '-' : '';
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
