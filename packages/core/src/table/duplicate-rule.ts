import { columnOf, isWholeRowKey, type TableSchema } from './table-schema.ts';

/**
 * What makes rows duplicates, and which row stays. Every load follows this rule, and nothing else removes a duplicate:
 * queries, compactions and the record cleaner see rows as they are.
 *
 * Rows are of one event when they are equal in every column of `key`; two nulls are equal. Of such rows one stays:
 *
 * - `keep: 'first'`, the default: the row that was loaded first. A later row is dropped and counted as a duplicate.
 * - `keep: 'last'`: the row that was loaded last. It replaces a row that is in the lake, and the replaced row is counted as a
 *   duplicate: a correction wins.
 * - `by: '<column>'`: the row with the smallest value of that column (`first`) or the largest (`last`), whatever the order of
 *   loads. A null loses to every value. Of equal values the order of loads decides.
 * - `keep: 'all'`: every row, also when rows are equal in every column: the two equal lines of an invoice are two. A file is
 *   still loaded only once, by the hash of its content.
 *
 * The order of loads is: rows that are in the lake, then inputs in the order given, each from its first row to its last.
 * Rows that are in the lake were accepted under the rule of their time. They stay when the rule changes, until a row of the
 * same key replaces one of them.
 *
 * When the key is the whole row, `first` and `last` are the same.
 */
export type DuplicatesConfig<Name extends string> =
  | {
      /** Defaults to all columns. */
      readonly key?: readonly [Name, ...Name[]];
      /** Defaults to `first`. */
      readonly keep?: 'first' | 'last';
      /** Orders the rows of one event: a timestamp, date, integer or decimal column that is not part of the key. */
      readonly by?: Name;
    }
  | { readonly keep: 'all'; readonly key?: never; readonly by?: never };

/** A rule that differs from the default. */
export interface DuplicateRule {
  readonly keep: 'first' | 'last' | 'all';
  readonly by?: string;
}

/** The rule of a definition; undefined for the default, which is `first` in the order of loads. */
export function duplicateRule(
  { key, keep = 'first', by }: DuplicatesConfig<string>,
  columns: TableSchema['columns'],
): DuplicateRule | undefined {
  if (by !== undefined) return { keep, by };
  // Of rows that are equal in every column it is the same which one stays.
  const isWhole = key === undefined || new Set(key).size === columns.length;
  return keep === 'first' || (keep === 'last' && isWhole) ? undefined : { keep };
}

/** Whether every row stays, also one that is equal to another. */
export const keepsAllRows = ({ duplicateRule: rule }: TableSchema): boolean => rule?.keep === 'all';

/**
 * Whether rows of one event may be in different folders: the key lacks the time, or a column that names folders. A load then
 * compares its keys with the keys of other folders.
 */
export const isKeyAcrossFolders = (schema: TableSchema): boolean =>
  !keepsAllRows(schema) &&
  [schema.partitioning.time, ...schema.partitioning.columns].some(
    (name) => !schema.duplicateKey.includes(name),
  );

/**
 * The rule in words that continue "Rows".
 * @example duplicateText(schema) // 'that are equal in every column are one event, and the row that was loaded first stays'
 */
export function duplicateText(schema: TableSchema, nameOf: (column: string) => string = String): string {
  const { duplicateKey, duplicateRule: rule } = schema;
  if (keepsAllRows(schema)) return 'all stay, also rows that are equal in every column';
  const isWhole = isWholeRowKey(schema);
  const key = isWhole ? 'every column' : duplicateKey.map((name) => nameOf(name)).join(', ');
  const event = `that are equal in ${key} are one event`;
  if (isWhole) return `${event}, and one of them stays`;
  const keep = rule?.keep ?? 'first';
  if (rule?.by === undefined) return `${event}, and the row that was loaded ${keep} stays`;
  const which = keep === 'last' ? 'largest' : 'smallest';
  return `${event}, and the row with the ${which} ${nameOf(columnOf(schema, rule.by).name)} stays`;
}
