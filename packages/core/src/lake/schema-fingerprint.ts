import type { TableSchema } from '../table/table-schema.ts';
import { duckdbType } from '../types/duckdb-type.ts';

/** The columns of a table as plain text triples: what a manifest remembers of the definition. */
export function schemaColumns(schema: TableSchema): { name: string; type: string; nullable: boolean }[] {
  return schema.columns.map(({ name, type, nullable }) => ({ name, type: duckdbType(type), nullable }));
}

/**
 * A short text that differs whenever rows might be cleaned, stored or compared differently.
 * Descriptions and sensitivity do not count. FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/):
 * this names a version, it does not protect one.
 */
export function schemaFingerprint(schema: TableSchema): string {
  const columns = schema.columns.map(({ name, type, nullable, steps }) => ({ name, type, nullable, steps }));
  const { partitioning, duplicateKey, sortOrder } = schema;
  const text = JSON.stringify({ columns, partitioning, duplicateKey, sortOrder });
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}
