/** Who meets a change: what reads the lake's files, who sends and gets events, and what is built on the table. */
export const changeTargets = [
  'athena',
  'trino',
  'spark',
  'duckdb',
  'producers',
  'consumers',
  'queries',
  'metrics',
  'dashboards',
] as const;

/** One of {@link changeTargets}. */
export type ChangeTarget = (typeof changeTargets)[number];

/**
 * What a change means to a target.
 *
 * - `compatible`: old and new go on together.
 * - `compatible-with-view`: they do when the table is read through its view (see `deriveReadView`); Headwater's own
 *   queries on DuckDB always read that way.
 * - `incompatible`: something that worked stops, or answers differently.
 * - `unknown`: the definition alone does not say.
 */
export type VerdictName = 'compatible' | 'compatible-with-view' | 'incompatible' | 'unknown';

/** A verdict with its reason. */
export interface Verdict {
  readonly verdict: VerdictName;
  /** One sentence. */
  readonly reason: string;
  /** Where the rule is written down. */
  readonly source: string;
  /** Whether the verdict follows from the definition, was found by reading files, or is what the source says. */
  readonly basis: 'definition' | 'tested' | 'documented';
}

/**
 * Every kind of change that has rules of its own. A change's id begins with its kind; cases of one kind that differ in
 * their verdicts are told apart in {@link ChangeCase}.
 */
export type ChangeKind =
  | 'add-column'
  | 'drop-column'
  | 'rename-column'
  | 'reorder-columns'
  | 'widen-column'
  | 'narrow-column'
  | 'retype-column'
  | 'add-enum-value'
  | 'remove-enum-value'
  | 'reorder-enum-values'
  | 'make-optional'
  | 'make-required'
  | 'change-default'
  | 'add-former-name'
  | 'remove-former-name'
  | 'change-partitioning'
  | 'change-pii'
  | 'change-description'
  | 'change-unit'
  | 'add-alias'
  | 'remove-alias'
  | 'change-text-steps'
  | 'change-checks'
  | 'add-role'
  | 'remove-role'
  | 'move-role'
  | 'change-amount-per'
  | 'change-action'
  | 'change-duplicate-key'
  | 'change-sort-order';

/** One row of the rules: a kind of change, told apart where verdicts differ. */
export type ChangeCase =
  | 'add-optional-column'
  | 'add-required-column'
  | 'add-column-with-default'
  | 'drop-optional-column'
  | 'drop-required-column'
  | 'rename-column'
  | 'reorder-columns'
  | 'widen-int'
  | 'widen-decimal'
  | 'widen-decimal-scale'
  | 'widen-decimal-to-text'
  | 'int-to-decimal'
  | 'int-to-double'
  | 'checked-text-to-string'
  | 'narrow-int'
  | 'narrow-decimal'
  | 'string-to-checked-text'
  | 'value-to-text'
  | 'retype-column'
  | 'add-enum-value'
  | 'add-action-value'
  | 'remove-enum-value'
  | 'reorder-enum-values'
  | 'make-optional'
  | 'make-required'
  | 'make-required-with-default'
  | 'change-default'
  | 'remove-default'
  | 'add-former-name'
  | 'remove-former-name'
  | 'change-partitioning'
  | 'raise-pii'
  | 'lower-pii'
  | 'change-description'
  | 'set-unit'
  | 'change-unit'
  | 'add-alias'
  | 'remove-alias'
  | 'change-text-steps'
  | 'loosen-checks'
  | 'tighten-checks'
  | 'change-checks'
  | 'add-role'
  | 'remove-role'
  | 'add-refining-role'
  | 'remove-refining-role'
  | 'move-role'
  | 'change-amount-per'
  | 'change-action'
  | 'refine-duplicate-key'
  | 'coarsen-duplicate-key'
  | 'change-sort-order';

/** One difference between two definitions of a table. */
export interface SchemaChange {
  /** Stable: the kind and what it is about, such as `drop-column:price`. `--allow` takes it. */
  readonly id: string;
  readonly kind: ChangeKind;
  readonly case: ChangeCase;
  /** The column's name in the new definition; in the old one when it is dropped. */
  readonly column?: string;
  /** What changes, in words. */
  readonly text: string;
}
