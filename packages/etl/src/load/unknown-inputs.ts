import type { TableSchema } from '@headwater/core';
import { keepsAllRows, type LakeState } from '@headwater/core/internal';

/** Inputs that the lake holds and whose hashes were lost with manifests, so that a second load of them is not skipped. */
export interface UnknownInputs {
  /** The commit of the repair. Inputs that were loaded before it may be unknown. */
  readonly commit: number;
  /**
   * What the rows of such an input do when it is loaded again: they are `dropped` as duplicates, they `replace` later rows of the
   * same key, or they are `added` and count twice. Its rejected rows are quarantined again in each case.
   */
  readonly rows: 'dropped' | 'replace' | 'added';
}

/** What a repair left unknown about the inputs of a lake. Null when every input is known. */
export function unknownInputs(
  schema: TableSchema,
  { inputsUnknownAt: commit }: LakeState,
): UnknownInputs | null {
  if (commit === 0) return null;
  const { duplicateRule: rule } = schema;
  if (keepsAllRows(schema)) return { commit, rows: 'added' };
  return { commit, rows: rule?.keep === 'last' && rule.by === undefined ? 'replace' : 'dropped' };
}
