import type { DataType } from '../table/data-type.ts';

/** A map, not an object: the text comes from a manifest and may be `constructor`. */
const plain: ReadonlyMap<string, DataType> = new Map([
  ['VARCHAR', { kind: 'string' }],
  ['BOOLEAN', { kind: 'boolean' }],
  ['INTEGER', { kind: 'int32' }],
  ['BIGINT', { kind: 'int64' }],
  ['DOUBLE', { kind: 'double' }],
  ['DATE', { kind: 'date' }],
  ['TIMESTAMP', { kind: 'timestamp' }],
  ['UUID', { kind: 'uuid' }],
]);

/**
 * The inverse of `duckdbType`, for the column types in manifests. Flat types only, because lakes store no others. Undefined
 * for any other text.
 * @example dataTypeOfDuckdb("ENUM('view', 'cart')") // { kind: 'enum', values: ['view', 'cart'] }
 */
export function dataTypeOfDuckdb(text: string): DataType | undefined {
  const found = plain.get(text);
  if (found) return found;
  const [, precision, scale] = /^DECIMAL\((\d+),(\d+)\)$/.exec(text) ?? [];
  if (precision !== undefined) return { kind: 'decimal', precision: Number(precision), scale: Number(scale) };
  if (!/^ENUM\('.*'\)$/s.test(text)) return undefined;
  const quoted = text.matchAll(/'((?:[^']|'')*)'/g);
  return { kind: 'enum', values: [...quoted].map(([, value = '']) => value.replaceAll("''", "'")) };
}
