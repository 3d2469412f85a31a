import { createHmac, randomBytes } from 'node:crypto';
import type { TableSchema } from '@headwater/core';
import { visiblePii } from '@headwater/core/internal';
import { type AnswerColumn, piiOf } from '@headwater/queries';
import type { Caller } from '../access/caller.ts';

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
