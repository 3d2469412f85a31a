import type { TableSchema } from '@headwater/core';
import { keepsAllRows } from '@headwater/core/internal';
import { stagedName } from '../staged-name.ts';

/** The clean values in the staged rows: `v0, v1, ...` in the table's column order. */
export const stagedValues = ({ columns }: TableSchema): string[] => columns.map((_, index) => `v${index}`);

/** The duplicate key in the staged rows' names. */
export const stagedKey = (schema: TableSchema): string[] =>
  schema.duplicateKey.map((name) => stagedName(schema, name));

/**
 * SQL for the hash by which rows that may be duplicates are found; rows of different hashes are not of one event. Spark's hash of -0
 * is that of 0.
 */
export const keyHash = (schema: TableSchema): string =>
  keepsAllRows(schema) ? '0L' : `xxhash64(${stagedKey(schema).join(', ')})`;
