import { grouped, percent } from '../output/figures.ts';
import { toJson } from '../output/to-json.ts';

/** Whether a column holds shares, by its name: `abandonmentRate`, `viewToCart`. */
export const isShare = (column: string): boolean => /(?:Rate|Share)$|[a-z]To[A-Z]/.test(column);

/** A metric's value for people: grouped thousands, shares in percent, sums of money and averages with two decimals. */
export function metricCell(column: string, value: unknown, isFractional: boolean): string {
  if (typeof value !== 'number') return plainCell(column, value);
  // A difference of shares is in percent too.
  if ((isShare(column) || column.endsWith('Gap')) && Math.abs(value) <= 1) return percent(value);
  return grouped(isFractional ? value.toFixed(2) : value);
}

/** Any value for people, without formatting. */
export function plainCell(_column: string, value: unknown): string {
  if (value === null || value === undefined) return '-';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? toJson(value) : String(value);
}
