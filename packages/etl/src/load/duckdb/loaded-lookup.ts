import type { Column } from '@headwater/core';
import type { LookupRule } from '@headwater/core/internal';

/** A lookup whose rows are in a table of the run's database: `k` the key, `c0, c1, ...` the texts of its columns. */
export interface LoadedLookup {
  readonly name: string;
  readonly rule: LookupRule;
  /** The file as the user named it. */
  readonly source: string;
  readonly hash: string;
  readonly rows: number;
  /** Accepted rows of the inputs whose key it does not have. */
  unmatched: number;
}

/** The name of a lookup's table in the run's database. */
export const lookupTableName = (name: string): string => `lookup_${name}`;

const comparedAs: { readonly [Kind in Column['type']['kind']]?: string } = {
  string: 'VARCHAR',
  enum: 'VARCHAR',
  int32: 'BIGINT',
  int64: 'BIGINT',
};

/** SQL for a clean value as keys are compared: integers of any size, and texts and enums, are comparable. */
export function comparedKey({ type }: Pick<Column, 'type'>, value: string): string {
  const cast = comparedAs[type.kind];
  return cast === undefined ? value : `${value}::${cast}`;
}
