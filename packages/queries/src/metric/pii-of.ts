import type { PiiClass, RoleName, TableSchema } from '@headwater/core';
import { columnOf } from '@headwater/core/internal';
import type { AnswerColumn } from './answer-columns.ts';

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
