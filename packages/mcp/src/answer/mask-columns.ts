import { createHmac, randomBytes } from 'node:crypto';
import type { PiiClass, RoleName, TableSchema } from '@headwater/core';
import { columnOf, visiblePii } from '@headwater/core/internal';
import type { AnswerColumn } from '@headwater/queries';
import type { Caller } from '../access/caller.ts';

const piiOrder: readonly PiiClass[] = ['none', 'pseudonymous', 'direct'];

/** Columns of answers whose values are those of a role's column. */
const rolesOfColumns: Readonly<Record<string, RoleName>> = {
  product: 'item',
  category: 'category',
  brand: 'brand',
};

/** The class of a column of an answer: its own, or that of the table's column whose values it has, whichever is stricter. */
export function piiOf({ name, kind, pii }: AnswerColumn, schema: TableSchema): PiiClass {
  const role = kind === 'actor' ? 'actor' : kind === 'item' ? 'item' : rolesOfColumns[name];
  const source = role === undefined ? undefined : schema.roles[role];
  const own = source === undefined ? 'none' : columnOf(schema, source).pii;
  return piiOrder.indexOf(own) > piiOrder.indexOf(pii) ? own : pii;
}

/** The columns of an answer that a caller may not see in the clear. */
export const maskedColumns = (
  columns: readonly AnswerColumn[],
  schema: TableSchema,
  { permissionClass }: Caller,
): ReadonlySet<string> =>
  new Set(
    columns
      .filter((column) => !visiblePii(permissionClass).includes(piiOf(column, schema)))
      .map(({ name }) => name),
  );

// A digest without a key could be undone by trying all ids. The key lives as long as the process, so that rows of several
// answers can be matched, and no list of digests outlasts it.
const key = randomBytes(32);

/** A value that stands for another one: the same value has the same digest until the server stops. Null stays null. */
export const digestOf = (value: unknown): string | null =>
  value === null || value === undefined
    ? null
    : `masked:${createHmac('sha256', key).update(String(value)).digest('hex').slice(0, 20)}`;
