import { HeadwaterError } from '../errors/headwater-error.ts';
import type { FileSchema } from './file-schema.ts';
import type { LookupRule } from './lookup-rule.ts';
import type { TableSchema } from './table-schema.ts';

/**
 * A lookup's table as its file has it: the key first, then the columns. It has no time, no roles and no folders.
 *
 * @param rule a lookup of a table of events
 */
export const lookupFileSchema = ({ table, key, columns }: LookupRule): FileSchema => ({
  name: table,
  description: '',
  columns: [key, ...columns],
  roles: {},
  actions: {},
  partitioning: { time: '', hour: false, columns: [] },
  duplicateKey: [key.name],
  sortOrder: [],
});

/**
 * Checks that each lookup of a table is given, and that nothing else is.
 *
 * @param given the names of the lookups that are given
 * @throws HeadwaterError `LOOKUP_MISSING`, `OPTION_INVALID` for a name that is no lookup of the table
 */
export function assertLookups({ name: table, lookups = {} }: TableSchema, given: readonly string[]): void {
  const known = Object.keys(lookups);
  const wrong = given.find((name) => !Object.hasOwn(lookups, name));
  if (wrong !== undefined) {
    const expected = known.length > 0 ? `one of ${known.join(', ')}` : `none: ${table} defines no lookups`;
    throw new HeadwaterError('OPTION_INVALID', { option: 'lookup', value: wrong, expected });
  }
  const missing = known.filter((name) => !given.includes(name));
  if (missing.length > 0) throw new HeadwaterError('LOOKUP_MISSING', { table, missing });
}
