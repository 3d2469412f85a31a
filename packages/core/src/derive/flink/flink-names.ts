import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import type { FlinkColumn } from './flink-column.ts';

/** What windows add to the columns of the table that they read. */
const windowColumns = ['window_start', 'window_end', 'window_time'] as const;

/**
 * Refuses names that Flink's table has itself, and columns that are read from one place.
 *
 * @param own the columns that the table has beside those of the definition
 * @throws HeadwaterError `DEFINITION_INVALID`
 */
export function assertFlinkNames(
  { name: table }: TableSchema,
  columns: readonly FlinkColumn[],
  own: readonly string[],
): void {
  const taken = new Set([...own, ...windowColumns, 'time_read', 'copy_number']);
  const places = new Set<string>();
  for (const { name, path } of columns) {
    const place = JSON.stringify(path);
    const isShared =
      places.has(place) ||
      columns.some(
        (other) => other.path.length > path.length && path.every((step, at) => step === other.path[at]),
      );
    places.add(place);
    const problem = [name, path[0] ?? name].some((one) => taken.has(one))
      ? `Flink's table gets a column of its own with this name: ${[...taken].join(', ')}`
      : isShared
        ? 'another column is read from the same member of a record, or from within it'
        : undefined;
    if (problem !== undefined)
      throw new HeadwaterError('DEFINITION_INVALID', {
        table,
        column: name,
        problem,
        fix: 'Give it another name or path',
      });
  }
}
