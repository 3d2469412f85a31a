import type { TableSchema } from '../table/table-schema.ts';
import { duckdbType } from '../types/duckdb-type.ts';
import type { ManifestSchema } from './manifest.ts';

/** The part of a definition that manifests store. */
export function manifestSchemaOf(schema: TableSchema): ManifestSchema {
  return {
    fingerprint: schemaFingerprint(schema),
    columns: schema.columns.map(({ name, type, nullable }) => ({ name, type: duckdbType(type), nullable })),
    time: schema.partitioning.time,
  };
}

/**
 * A short text that differs whenever rows might be cleaned, stored or compared differently. Descriptions, PII classes and
 * roles do not count. It identifies a definition; it is no protection against forgery.
 */
export function schemaFingerprint(schema: TableSchema): string {
  const known = fingerprints.get(schema);
  if (known !== undefined) return known;
  const fingerprint = computedFingerprint(schema);
  fingerprints.set(schema, fingerprint);
  return fingerprint;
}

/** A definition does not change, and a service asks for its fingerprint with every query. */
const fingerprints = new WeakMap<TableSchema, string>();

function computedFingerprint(schema: TableSchema): string {
  const columns = schema.columns.map(
    ({ name, type, nullable, steps, path, renamedFrom, lookup, ...column }) => ({
      name,
      type,
      nullable,
      steps,
      // Only where they are set, so that the fingerprints in older manifests stay valid.
      ...(path ? { path } : {}),
      ...(renamedFrom.length > 0 ? { renamedFrom } : {}),
      ...(column.default === undefined ? {} : { default: column.default }),
      ...(column.invalid === undefined ? {} : { invalid: column.invalid }),
      ...(lookup ? { lookup } : {}),
    }),
  );
  const { explode, partitioning, duplicateKey, duplicateRule, sortOrder, sources, lookups } = schema;
  return fingerprintOf(
    JSON.stringify({
      columns,
      explode,
      partitioning,
      duplicateKey,
      duplicateRule,
      sortOrder,
      sources,
      lookups,
    }),
  );
}

/** FNV-1a, 64 bits, in hex, of a text's UTF-8 (http://www.isthe.com/chongo/tech/comp/fnv/). */
export function fingerprintOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}
