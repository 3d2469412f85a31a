/** What differs in a table of the catalog. */
export type DriftKind =
  | 'table-missing'
  | 'marks-removed'
  | 'column-added'
  | 'column-removed'
  | 'column-type'
  | 'column-comment'
  | 'column-parameters'
  | 'column-order'
  | 'key-added'
  | 'key-removed'
  | 'key-type'
  | 'key-comment'
  | 'key-parameters'
  | 'key-order'
  | 'location'
  | 'format'
  | 'parameter'
  | 'description'
  | 'view';

/** One difference between a table in Glue and the version that was published. */
export interface DriftFinding {
  readonly kind: DriftKind;
  /** What differs: the name of a column, a key or a parameter, or the member of the table. */
  readonly part: string;
  /** As the table has it. Null where it has none. */
  readonly is: string | null;
  /** As it was published. Null where it was not. */
  readonly published: string | null;
}
