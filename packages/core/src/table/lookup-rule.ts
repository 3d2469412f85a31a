import type { Column } from './table-schema.ts';

/** Where a column of a lookup comes from. */
export interface LookupColumn {
  /** The name of the lookup in the table's definition. */
  readonly name: string;
  /** The column of the lookup's table. */
  readonly column: string;
}

/** What a lookup does about a key that has several rows: `refuse` its file, or take the `first` row of the file. */
export type ManyMatches = 'refuse' | 'first';
/** What a lookup does about an event whose key has no row: its columns are `null`, or `refuse` the event. */
export type NoMatch = 'null' | 'refuse';

/** A lookup of a table: a second table, whose columns are joined to events by a key when they are loaded. */
export interface LookupRule {
  /** The name of the lookup's table. */
  readonly table: string;
  /** The column of the events that is compared with the key. */
  readonly on: string;
  /** The key: how it is read from a row of the lookup. It is never null. */
  readonly key: Column;
  /** The other columns of the lookup's table. */
  readonly columns: readonly Column[];
  readonly many: ManyMatches;
  readonly none: NoMatch;
}

/**
 * The rules of a lookup in words.
 * @example lookupText(page) // ['page_id = pages.page_id', 'a key with several rows is refused', ...]
 */
export const lookupText = ({ table, on, key, many, none }: LookupRule): string[] => [
  `${on} = ${table}.${key.name}`,
  many === 'first' ? 'of several rows of a key the first is taken' : 'a key with several rows is refused',
  none === 'null' ? 'without a row, its columns are null' : 'an event without a row is rejected',
];
