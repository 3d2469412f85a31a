import { HeadwaterError } from '../errors/headwater-error.ts';
import type { TableSchema } from './table-schema.ts';

/** The names of a table's sources, in the order of the definition. */
export const sourceNames = ({ sources }: Pick<TableSchema, 'sources'>): string[] =>
  Object.keys(sources ?? {});

/**
 * Rejects a name that is no source of the table.
 *
 * @throws HeadwaterError `OPTION_INVALID` with the names that are
 */
export function assertSource(schema: TableSchema, source: string | undefined): void {
  if (source === undefined || Object.hasOwn(schema.sources ?? {}, source)) return;
  const names = sourceNames(schema);
  const expected =
    names.length > 0 ? `one of ${names.join(', ')}` : `none: ${schema.name} defines no sources`;
  throw new HeadwaterError('OPTION_INVALID', { option: 'source', value: source, expected });
}
