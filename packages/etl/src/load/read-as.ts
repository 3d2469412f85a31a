import { HeadwaterError, type TableSchema } from '@headwater/core';
import { assertSource, type FileSchema, fileSchema } from '@headwater/core/internal';
import type { LoadOptions } from './load-report.ts';

/**
 * The table as the inputs of a load have it.
 *
 * @throws HeadwaterError `OPTION_INVALID` for a name that is no source of the table, and for columns that it does not have
 */
export function readAs(
  schema: TableSchema,
  { source, columns }: Pick<LoadOptions, 'source' | 'columns'>,
): FileSchema {
  assertSource(schema, source);
  const file = fileSchema(schema, source);
  if (columns === undefined) return file;
  const fail = (value: string, expected: string): never => {
    throw new HeadwaterError('OPTION_INVALID', { option: 'columns', value, expected });
  };
  const rule = source === undefined ? undefined : schema.sources?.[source];
  if (rule?.positions || rule?.columns)
    fail(columns.join(), `none: the source ${source} says which columns its files have`);
  const names = columns.filter((name) => name !== null);
  const readable = file.columns.flatMap(({ name, constant, lookup }) =>
    constant === undefined && lookup === undefined ? [name] : [],
  );
  const wrong = names.find((name) => !readable.includes(name));
  if (wrong !== undefined) fail(wrong, `columns of ${schema.name} that files have: ${readable.join(', ')}`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) fail(twice, 'each column once');
  if (names.length === 0) fail(columns.join(), `at least one of ${readable.join(', ')}`);
  return { ...file, positions: columns };
}
