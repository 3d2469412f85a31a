import { HeadwaterError } from '../errors/headwater-error.ts';
import { columnFromZod } from './define-events.ts';
import type { ColumnShape } from './events-definition.ts';
import type { ManyMatches, NoMatch } from './lookup-rule.ts';
import type { LookupTable } from './lookup-table.ts';
import { isPortableName, portableNameFix } from './portable-name.ts';

/** The definition of a lookup's table, as `defineLookup` takes it. */
export interface LookupConfig<Shape extends ColumnShape> {
  /**
   * The field of the key. It is cleaned as the column of the events that it is compared with, unless `columns` has it. A row
   * without a key is not valid.
   */
  readonly key: string;
  /** The columns, by zod type and metadata as in `defineEvents`. */
  readonly columns: Shape;
  /** What a key with several rows does. Defaults to `refuse`: the load stops, and names both lines. */
  readonly many?: ManyMatches;
  /**
   * What an event does whose key has no row. Defaults to `refuse`: the event is rejected as `no_match`. With `null`, the columns of
   * the lookup are null, and such events are counted.
   */
  readonly none?: NoMatch;
}

/** The words of a lookup. */
const words = ['key', 'columns', 'many', 'none'];

/**
 * Defines a table beside the events, whose columns become columns of the events when they are loaded: the name of a page by
 * its id, the category of a product. A load is given its rows as a file, and cleans them by this definition.
 *
 * @param name the table's name in messages: lower-case letters, digits and underscores
 * @throws HeadwaterError `DEFINITION_INVALID`, naming the column
 * @example
 * ```ts
 * const pages = defineLookup('pages', { key: 'page_id', columns: { page_name: z.string() }, none: 'null' });
 * const visits = defineEvents('visits', {
 *   columns: {
 *     at: timestamp(),
 *     page_id: z.int32(),
 *     page_name: z.string().optional().register(lake, { lookup: 'page.page_name' }),
 *   },
 *   lookups: { page: { table: pages, on: 'page_id' } },
 *   roles: { time: 'at', item: 'page_name' },
 * });
 * ```
 */
export function defineLookup<const Shape extends ColumnShape>(
  name: string,
  config: LookupConfig<Shape>,
): LookupTable<Shape> {
  const { key, many = 'refuse', none = 'refuse' } = config;
  const fail = (problem: string, fix: string): never => {
    throw new HeadwaterError('DEFINITION_INVALID', { table: name, problem, fix });
  };
  if (!isPortableName(name)) fail('not a valid table name', portableNameFix);
  const other = Object.keys(config).find((word) => !words.includes(word));
  if (other !== undefined) fail(`has "${other}"`, `A lookup has ${words.join(', ')}`);
  if (typeof key !== 'string' || key.trim() === '')
    fail('key is not the name of a field', "Name the field of the key: key: 'page_id'");
  if (!['refuse', 'first'].includes(many)) fail(`many is "${many}"`, 'Expected refuse or first');
  if (!['null', 'refuse'].includes(none)) fail(`none is "${none}"`, 'Expected null or refuse');
  const columns = Object.entries(config.columns).map(([column, type]) =>
    columnFromZod({ table: name, explode: undefined }, column, type),
  );
  if (!columns.some((column) => column.name !== key)) fail('has no column beside its key', 'Add a column');
  const looked = columns.find(({ lookup }) => lookup !== undefined);
  if (looked) fail(`${looked.name} is itself a column of a lookup`, 'Read it from a field');
  const nulled = columns.find(({ invalid }) => invalid !== undefined);
  if (nulled)
    fail(`${nulled.name} has invalid: 'null'`, 'Remove it: a load refuses a lookup with a bad value');
  return { name, key, shape: config.columns, columns, many, none };
}
