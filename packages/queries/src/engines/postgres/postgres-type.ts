import type { PostgresField } from './postgres-transaction.ts';

/** The numbers of PostgreSQL's own types, which never change (https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat). */
export const typeIds = {
  bool: 16,
  int8: 20,
  int2: 21,
  int4: 23,
  text: 25,
  oid: 26,
  json: 114,
  float4: 700,
  float8: 701,
  bpchar: 1042,
  varchar: 1043,
  date: 1082,
  timestamp: 1114,
  timestamptz: 1184,
  numeric: 1700,
  uuid: 2950,
  jsonb: 3802,
} as const;

/** Precision and scale of a numeric column; undefined for one without, as computed values are. */
export function numericType({
  dataTypeModifier,
}: PostgresField): { readonly precision: number; readonly scale: number } | undefined {
  if (dataTypeModifier < 4) return undefined;
  // As numeric_typmod_precision and numeric_typmod_scale read it (src/backend/utils/adt/numeric.c).
  const packed = dataTypeModifier - 4;
  return { precision: (packed >> 16) & 0xffff, scale: ((packed & 0x7ff) ^ 1024) - 1024 };
}
