import type { TableSchema } from '@headwater/core';
import { shownName } from './shown-name.ts';

/** Where a file and the table do not meet. A name that is misspelt is in both lists, in one way or the other. */
export interface ColumnGap {
  /** Columns of the file that the table has not, and that nothing was read from. */
  readonly unread: readonly string[];
  /** Columns of the table that the file has not: null, or their default, in every row. */
  readonly absent: readonly string[];
}

/** What is left over on either side when a file's fields were matched with a table's columns. */
export function columnGap(
  { columns }: TableSchema,
  fields: readonly string[],
  positions: readonly (number | null)[],
): ColumnGap {
  const read = new Set(positions);
  return {
    // A field without a name is an index that some program wrote.
    unread: fields.filter((field, index) => !read.has(index) && field.trim() !== '').map(shownName),
    absent: columns.filter((_, index) => positions[index] === null).map(({ name }) => name),
  };
}

/** The same for JSON Lines, from the first line: other lines may hold what it leaves out, so nothing is called absent. */
export function jsonColumnGap({ columns }: TableSchema, firstLine: string): ColumnGap {
  const known = new Set(
    columns.flatMap(({ name, renamedFrom, aliases }) => [name, ...renamedFrom, ...aliases]),
  );
  return {
    unread: membersOf(firstLine)
      .filter((name) => !known.has(name))
      .map(shownName),
    absent: [],
  };
}

function membersOf(line: string): string[] {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  } catch {
    return [];
  }
}
