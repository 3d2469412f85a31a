import { HeadwaterError, type TableSchema } from '@headwater/core';
import { columnOf, visiblePii } from '@headwater/core/internal';
import { isPlainColumn } from '@headwater/queries';
import type { Viewer } from './viewer.ts';

type Filters = Readonly<Record<string, unknown>>;

/** Columns that a caller may filter by: those that it may see, and that its own rows do not follow from. */
export const filterColumns = (schema: TableSchema, { where, permissionClass }: Viewer): readonly string[] =>
  schema.columns
    .filter((column) => isPlainColumn(column) && visiblePii(permissionClass).includes(column.pii))
    .map(({ name }) => name)
    .filter((name) => !Object.hasOwn(where, name));

/**
 * The filters of a question: those that the caller asks for, and those that its rows are limited to. The two have no column
 * in common, so that nothing in a question can widen what a caller sees.
 *
 * @throws HeadwaterError `FILTER_NOT_ALLOWED` for a column that the caller may not filter by, whatever the value
 */
export function filtersOf(schema: TableSchema, caller: Viewer, asked: Filters = {}): Filters | undefined {
  const allowed = filterColumns(schema, caller);
  for (const column of Object.keys(asked)) {
    if (allowed.includes(column)) continue;
    throw new HeadwaterError('FILTER_NOT_ALLOWED', {
      column,
      problem: problemOf(schema, caller, column),
      allowed,
    });
  }
  const filters = { ...asked, ...caller.where };
  return Object.keys(filters).length === 0 ? undefined : filters;
}

function problemOf(schema: TableSchema, { where }: Viewer, name: string): string {
  if (Object.hasOwn(where, name))
    return 'the rows of this caller are limited by this column, by its token alone';
  const column = schema.columns.find((one) => one.name === name);
  if (!column) return `is not a column of ${schema.name}`;
  return isPlainColumn(column) ? 'is personal data that this caller may not see' : `is a ${column.type.kind}`;
}

/** Roles of columns whose value of a purchase may follow from other rows of its session. */
const inferred = ['item', 'category', 'brand'] as const;

/**
 * Checks the rows of a caller before the first question.
 *
 * @throws HeadwaterError `OPTION_INVALID` for a column that is not there, that is no text, whole number or boolean, or whose
 *   values follow from other rows
 */
export function assertRowFilter(schema: TableSchema, where: Filters): void {
  for (const name of Object.keys(where)) {
    const column = schema.columns.some((one) => one.name === name) ? columnOf(schema, name) : undefined;
    const fail = (expected: string): never => {
      throw new HeadwaterError('OPTION_INVALID', { option: `where.${name}`, value: 'of a caller', expected });
    };
    if (!column || !isPlainColumn(column))
      fail(`a text, enum, whole number or boolean column of ${schema.name}`);
    if (where[name] === undefined) fail('a value, a list of values, or null');
    // A purchase without an item is of what the session's cart holds, so such a column does not say whose row it is.
    if (schema.purchaseItems === 'cart' && inferred.some((role) => schema.roles[role] === name))
      fail(
        'a column without the role item, category or brand: those of a purchase may follow from other rows',
      );
  }
}
