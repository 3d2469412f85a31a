import {
  type FileSchema,
  fieldNames,
  firstMember,
  isReadFromFile,
  memberNames,
  readPath,
} from '@headwater/core/internal';
import { positionsOf } from './column-positions.ts';
import { shownName } from './shown-name.ts';

/** Where a file and the table do not meet. A name that is misspelt is both unread and absent. */
export interface ColumnGap {
  /** Columns of the file that the table has not. */
  readonly unread: readonly string[];
  /** Columns of the file that name a column of the table once more: another one is read. */
  readonly repeated: readonly string[];
  /** Columns of the table that the file has not: null, or their default, in every row. */
  readonly absent: readonly string[];
}

/** What is left over on either side when a file's fields were matched with a table's columns. */
export function columnGap(
  { columns }: FileSchema,
  fields: readonly string[],
  positions: readonly (number | null)[],
): ColumnGap {
  const read = new Set(positions);
  const known = new Set(columns.flatMap(fieldNames).map((name) => name.toLowerCase()));
  // A field without a name is an index that some program wrote.
  const left = fields.filter((field, index) => !read.has(index) && field.trim() !== '');
  const isKnown = (field: string): boolean => known.has(field.trim().toLowerCase());
  return {
    unread: left.filter((field) => !isKnown(field)).map(shownName),
    repeated: left.filter(isKnown).map(shownName),
    absent: columns
      .filter((column, index) => positions[index] === null && isReadFromFile(column))
      .map(({ name }) => name),
  };
}

/** The same for files of records with named members, such as Parquet: a column with a path is in the member at its beginning. */
export function recordColumnGap(schema: FileSchema, members: readonly string[]): ColumnGap {
  const found = positionsOf(schema, members);
  const positions = schema.columns.map((column, index) => {
    const first = firstMember(readPath(column) ?? []);
    const position = first === undefined ? -1 : members.indexOf(first);
    return position === -1 ? (found[index] ?? null) : position;
  });
  const list = members.indexOf(schema.explode?.[0] ?? '');
  return columnGap(schema, members, [...positions, ...(list === -1 ? [] : [list])]);
}

/** The same for JSON Lines, from the first line: other lines may hold what it leaves out, so nothing is called absent. */
export function jsonColumnGap({ columns, explode = [] }: FileSchema, firstLine: string): ColumnGap {
  const known = new Set([
    ...columns.flatMap(memberNames),
    ...columns.flatMap((column) => firstMember(readPath(column) ?? [])),
    ...explode.slice(0, 1),
  ]);
  return {
    unread: membersOf(firstLine)
      .filter((name) => !known.has(name))
      .map(shownName),
    repeated: [],
    absent: [],
  };
}

/** The names in a line's object, each once; none for another line. */
export function membersOf(line: string): string[] {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  } catch {
    return [];
  }
}
