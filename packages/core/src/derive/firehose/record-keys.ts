import { HeadwaterError } from '../../errors/headwater-error.ts';
import { fieldNames, isReadFromFile } from '../../table/file-schema.ts';
import { landedSchema } from '../../table/landed-schema.ts';
import { readsPaths } from '../../table/nested-path.ts';
import type { TableSchema } from '../../table/table-schema.ts';

/**
 * The JSON key of every column in records that no transform has cleaned. Firehose reads one key for a column, and drops every other
 * one without a message, so a table whose records it would read in part is refused.
 *
 * @param given the keys of columns that are not called as the column is
 * @throws HeadwaterError `FIREHOSE_UNSUPPORTED` for nested records, and for a column with several names of which none is given;
 *   `OPTION_INVALID` for a key of no column
 * @example recordKeys(clickstream.schema, { user_id: 'userId' }) // { event_time: 'event_time', user_id: 'userId', ... }
 */
export function recordKeys(
  schema: TableSchema,
  given: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const refuse = (problem: string, fix: string): never => {
    throw new HeadwaterError('FIREHOSE_UNSUPPORTED', { table: schema.name, problem, fix });
  };
  if (readsPaths(schema)) {
    const column = schema.columns.find(({ path }) => path !== undefined)?.name;
    refuse(
      `${column === undefined ? 'it' : column} is read from a nested record, which Firehose does not flatten`,
      'Set a transform, which cleans records before they are converted',
    );
  }
  const columns = landedSchema(schema, 'records').columns.filter(isReadFromFile);
  const known = new Map(schema.columns.map((column) => [column.name, column]));
  const stray = Object.keys(given).find((name) => !columns.some((column) => column.name === name));
  if (stray !== undefined)
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'keys',
      value: stray,
      expected: `columns of ${schema.name} that records have: ${columns.map(({ name }) => name).join(', ')}`,
    });
  const unsaid = columns.flatMap(({ name }) => {
    const column = given[name] === undefined ? known.get(name) : undefined;
    const names = column ? fieldNames(column) : [];
    return names.length > 1 ? [{ name, names }] : [];
  });
  if (unsaid.length > 0)
    refuse(
      `Firehose reads one key for a column and drops the others, and columns have several names: ${unsaid
        .map(({ name, names }) => `${name} (${names.join(', ')})`)
        .join(', ')}`,
      `Say which key the records have (aws.stream.keys in the config, or --keys ${unsaid.map(({ name }) => `${name}=${name}`).join(',')}), or set aws.stream.transform`,
    );
  return Object.fromEntries(columns.map(({ name }) => [name, given[name] ?? name]));
}
