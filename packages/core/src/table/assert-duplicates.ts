import { HeadwaterError } from '../errors/headwater-error.ts';
import type { DataType } from './data-type.ts';
import type { DuplicatesConfig } from './duplicate-rule.ts';
import type { TableSchema } from './table-schema.ts';

/** Types whose values have one order on every engine. */
const ordered: ReadonlySet<DataType['kind']> = new Set(['timestamp', 'date', 'int32', 'int64', 'decimal']);

/** Checks `duplicateKey` and `duplicates`. The types reject most mistakes; a definition in plain JavaScript is checked here. */
export function assertDuplicates(
  { name: table, columns }: Pick<TableSchema, 'name' | 'columns'>,
  config: { readonly duplicateKey?: readonly string[]; readonly duplicates?: DuplicatesConfig<string> },
): void {
  const fail = (problem: string, fix: string, column?: string): never => {
    throw new HeadwaterError('DEFINITION_INVALID', { table, ...(column ? { column } : {}), problem, fix });
  };
  const { duplicateKey, duplicates } = config;
  if (duplicates === undefined) return;
  const { key, keep = 'first', by } = duplicates;
  if (duplicateKey !== undefined)
    fail('both duplicateKey and duplicates are set', 'Set duplicates: { key: [...] } only');
  if (!['first', 'last', 'all'].includes(keep))
    fail(`duplicates.keep is "${keep}"`, 'Expected first, last or all');
  if (key?.length === 0)
    fail('duplicates.key is empty', 'Name at least one column, or omit it for all columns');
  if (keep === 'all' && (key !== undefined || by !== undefined))
    fail(`keep: 'all' has no ${key === undefined ? 'by' : 'key'}`, "Remove it, or keep 'first' or 'last'");
  const column = columns.find((one) => one.name === by);
  if (by === undefined) return;
  if (!column) fail(`duplicates.by names the column "${by}"`, 'It is not a column of the table');
  const kind = column?.type.kind ?? 'string';
  if (!ordered.has(kind))
    fail(
      `duplicates.by is a ${kind}`,
      `Order by a column of one of the types ${[...ordered].join(', ')}`,
      by,
    );
  if (key === undefined || key.includes(by))
    fail(
      'duplicates.by is part of the key, so that all rows of one event have the same value',
      'Name another column',
      by,
    );
}
