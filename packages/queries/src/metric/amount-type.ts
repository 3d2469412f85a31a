import type { DataType, TableSchema } from '@headwater/core';
import { columnOf } from '@headwater/core/internal';

/**
 * Digits behind the point to which an amount that is a double is rounded, half away from zero, before it is added. Sums of
 * doubles depend on the order of rows, which no engine promises; sums of decimals do not, and are exact to the cent.
 */
export const doubleScale = 4;

/** The types of what an event's amount is made of: the amount, and the quantity where the amount is the price of one unit. */
function factorTypes(schema: TableSchema): readonly DataType[] {
  const factors = schema.amountPer === 'unit' ? (['amount', 'quantity'] as const) : (['amount'] as const);
  return factors.flatMap((role) => {
    const name = schema.roles[role];
    return name === undefined ? [] : [columnOf(schema, name).type];
  });
}

/** Whether the amount of an event is a double, so that it is rounded before it is added. */
export const isDoubleAmount = (schema: TableSchema): boolean =>
  factorTypes(schema).some(({ kind }) => kind === 'double');

/** The type of a sum of amounts: engines add decimals up in 38 digits of the same scale. */
export function amountSumType(schema: TableSchema | undefined): DataType {
  const types = schema ? factorTypes(schema) : [];
  if (types.length === 0 || !schema) return { kind: 'double' };
  const scales = types.map((type) => (type.kind === 'decimal' ? type.scale : 0));
  const scale = isDoubleAmount(schema) ? doubleScale : scales.reduce((sum, one) => sum + one, 0);
  return { kind: 'decimal', precision: 38, scale };
}
