import type { EventRow } from '../record/event-identity.ts';

/** A value of a row as JSON keeps it: instants and int64 are objects with one name. */
type PackedValue =
  | string
  | number
  | boolean
  | null
  | { readonly time: number }
  | { readonly int64: string }
  | { readonly list: readonly PackedValue[] }
  | { readonly object: PackedRow };

/** A row as plain data that survives JSON. */
export interface PackedRow {
  readonly [column: string]: PackedValue;
}

/** Packs a clean row. */
export const packRow = (row: EventRow): PackedRow =>
  Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) => (value === undefined ? [] : [[name, packed(value)]])),
  );

/** The row that was packed. */
export const unpackRow = (row: PackedRow): EventRow =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, unpacked(value)]));

function packed(value: unknown): PackedValue {
  if (typeof value === 'bigint') return { int64: String(value) };
  if (value instanceof Date) return { time: value.getTime() };
  if (Array.isArray(value)) return { list: value.map(packed) };
  if (typeof value === 'object' && value !== null) return { object: packRow(value as EventRow) };
  return value as string | number | boolean | null;
}

function unpacked(value: PackedValue): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('time' in value) return new Date(value.time);
  if ('int64' in value) return BigInt(value.int64);
  return 'list' in value ? value.list.map(unpacked) : unpackRow(value.object);
}
