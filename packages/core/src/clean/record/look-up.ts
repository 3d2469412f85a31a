import type { LookupColumn } from '../../table/lookup-rule.ts';
import type { RecordLookup } from './record-lookups.ts';
import type { CleanValue } from './value-parser.ts';

/** What the lookups of a table say of a row. */
export interface LookedUp {
  /** The text of a looked-up value; null for null, and where there is no row. */
  readonly textOf: (column: LookupColumn) => string | null;
  /** The columns whose value has no row in a lookup that refuses such events. */
  readonly refused: ReadonlySet<string>;
  /** The lookups that have no row, and give nulls. */
  readonly unmatched: readonly string[];
}

/** A row that is not looked up. */
export const notLookedUp: LookedUp = { textOf: () => null, refused: new Set(), unmatched: [] };

/**
 * Looks a row up.
 *
 * @param keyOf the clean value of a column of the row; null where it is null or rejected, and the row is not looked up by it
 */
export function lookUp(lookups: readonly RecordLookup[], keyOf: (column: string) => CleanValue): LookedUp {
  const found = new Map<string, string | null>();
  const refused = new Set<string>();
  const unmatched: string[] = [];
  for (const { name, rule, find, textOf } of lookups) {
    const key = keyOf(rule.on);
    if (key === null) continue;
    const match = find(key);
    if (match)
      for (const { name: column } of rule.columns) found.set(`${name}.${column}`, textOf(match, column));
    else if (rule.none === 'refuse') refused.add(rule.on);
    else unmatched.push(name);
  }
  return { textOf: ({ name, column }) => found.get(`${name}.${column}`) ?? null, refused, unmatched };
}
