/** Where a column of a lookup comes from. */
export interface LookupColumn {
  /** The name of the lookup in the table's definition. */
  readonly name: string;
  /** The column of the lookup's table. */
  readonly column: string;
}
