import type { DataType } from '../table/data-type.ts';
import type { StoredRollup } from './rollup-state.ts';

/** DuckDB's types of answers as types of a column. Its integers of 128 bits are decimals in files; their numbers are those of 64 bits. */
const named: Readonly<Record<string, DataType>> = {
  VARCHAR: { kind: 'string' },
  BOOLEAN: { kind: 'boolean' },
  INTEGER: { kind: 'int32' },
  BIGINT: { kind: 'int64' },
  HUGEINT: { kind: 'decimal', precision: 38, scale: 0 },
  DOUBLE: { kind: 'double' },
  DATE: { kind: 'date' },
};

/** A column of the files of a rollup; undefined for a type that other engines than DuckDB do not read. */
export function storedType({ type }: StoredRollup['columns'][number]): DataType | undefined {
  const [, precision, scale] = /^DECIMAL\((\d+), ?(\d+)\)$/.exec(type) ?? [];
  return precision === undefined
    ? named[type]
    : { kind: 'decimal', precision: Number(precision), scale: Number(scale) };
}

/** The type of such a column in an answer of Trino or Athena: whole numbers have 64 bits there, also sums of them. */
export function answerType(column: StoredRollup['columns'][number]): DataType | undefined {
  return column.type === 'HUGEINT' ? { kind: 'int64' } : storedType(column);
}
