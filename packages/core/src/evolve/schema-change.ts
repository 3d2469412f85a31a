/** The targets of a verdict: engines that read the lake's files, producers and consumers of events, and users of the table. */
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
 * The effect of a change on a target.
 *
 * - `compatible`: old and new work together.
 * - `compatible-with-view`: they work together if the table is read through its view (see `deriveReadView`). Headwater's own
 *   queries on DuckDB always do that.
 * - `incompatible`: something stops working, or its answers change.
 * - `unknown`: the verdict does not follow from the definition alone.
 */
export type VerdictName = 'compatible' | 'compatible-with-view' | 'incompatible' | 'unknown';

/** A verdict with its reason. */
export interface Verdict {
  readonly verdict: VerdictName;
  /** One sentence. */
  readonly reason: string;
  /** The documentation of the rule. */
  readonly source: string;
  /** Whether the verdict follows from the definition, was tested by reading files, or is documented by the source. */
  readonly basis: 'definition' | 'tested' | 'documented';
}

/**
 * Every kind of change. The id of a change begins with its kind. {@link ChangeCase} distinguishes cases of one kind with
 * different verdicts.
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
  | 'change-path'
  | 'change-text-steps'
  | 'change-null-texts'
  | 'change-map'
  | 'change-time-format'
  | 'change-number-format'
  | 'change-invalid'
  | 'change-checks'
  | 'add-role'
  | 'remove-role'
  | 'move-role'
  | 'change-amount-per'
  | 'change-purchase-items'
  | 'add-action'
  | 'remove-action'
  | 'change-sessions'
  | 'change-zone'
  | 'change-action'
  | 'change-explode'
  | 'change-duplicate-key'
  | 'change-duplicate-rule'
  | 'change-sort-order'
  | 'add-source'
  | 'remove-source'
  | 'change-source-fields'
  | 'change-source-constants'
  | 'change-source-filter'
  | 'add-lookup'
  | 'remove-lookup'
  | 'change-lookup-key'
  | 'change-lookup-columns'
  | 'change-lookup-many'
  | 'change-lookup-none'
  | 'change-origin';

/** Kinds whose verdict always depends on the case, so that they have no row of their own. */
type SplitKind =
  | 'add-column'
  | 'drop-column'
  | 'widen-column'
  | 'narrow-column'
  | 'change-pii'
  | 'change-duplicate-key';

/** A kind of change, or one of its cases where verdicts differ. Each has a row in the rules. */
export type ChangeCase =
  | Exclude<ChangeKind, SplitKind>
  | 'add-optional-column'
  | 'add-required-column'
  | 'add-column-with-default'
  | 'drop-optional-column'
  | 'drop-required-column'
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
  | 'add-action-value'
  | 'make-required-with-default'
  | 'remove-default'
  | 'raise-pii'
  | 'lower-pii'
  | 'set-unit'
  | 'loosen-checks'
  | 'tighten-checks'
  | 'add-refining-role'
  | 'remove-refining-role'
  | 'refine-duplicate-key'
  | 'coarsen-duplicate-key';

/** Notes a change. Its case defaults to its kind; `detail` is the end of its id. */
export type AddChange = (kind: ChangeKind, text: string, rule?: ChangeCase, detail?: string) => void;

/** One difference between two definitions of a table. */
export interface SchemaChange {
  /** A stable id: the kind and its subject, such as `drop-column:price`. `--allow` takes it. */
  readonly id: string;
  readonly kind: ChangeKind;
  readonly case: ChangeCase;
  /** The column's name in the new definition. For a dropped column, its name in the old one. */
  readonly column?: string;
  /** The change in words. */
  readonly text: string;
}
