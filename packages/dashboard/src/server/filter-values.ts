import type { TableSchema } from '@headwater/core';
import { type Lake, tableOf } from '@headwater/queries';
import type { SelectQueryBuilder } from 'kysely';
import type { FilterValues } from '../api/api.ts';
import type { ViewState } from '../api/view-state.ts';
import { noneText } from '../chart/dimension-text.ts';
import { RequestRefused } from './request-refused.ts';

/** How many values a page is offered at once. */
const mostValues = 50;
/** A longer text is in no value that somebody looks for. */
const mostLetters = 100;

/**
 * Finds values of a column that events of a view's days have, in events that pass the other filters: those with the most events first.
 * The text is bound to the statement, and is looked for as it is: its letters may be small or capital, and `%` is a percent sign.
 *
 * @param columns that events may be filtered by
 * @throws RequestRefused for another column, and a text that is too long; HeadwaterError what queries throw
 */
export async function findFilterValues(
  { lake, schema }: { readonly lake: Lake; readonly schema: TableSchema },
  { range, filters }: ViewState,
  asked: { readonly column: string | null; readonly text: string },
  columns: readonly string[],
  signal: AbortSignal,
): Promise<FilterValues> {
  const { column, text } = asked;
  if (column === null || !columns.includes(column))
    throw new RequestRefused(400, 'REQUEST_INVALID', `of: expected one of ${columns.join(', ')}`);
  if (text.length > mostLetters)
    throw new RequestRefused(400, 'REQUEST_INVALID', `holds: expected at most ${mostLetters} letters`);
  // Columns are known by their names here, and those are the definition's.
  const events = tableOf(lake, schema.name).between(range.from, range.to) as unknown as SelectQueryBuilder<
    Record<string, Record<string, string>>,
    string,
    object
  >;
  let query = events
    .select(({ ref, cast, fn }) => [
      cast<string | null>(ref(column), 'varchar').as('value'),
      fn.countAll().as('events'),
    ])
    .groupBy(column)
    .orderBy('events', 'desc')
    .orderBy(column)
    .limit(mostValues + 1);
  for (const [name, values] of Object.entries(filters))
    if (name !== column && values.length > 0)
      query = query.where(({ eb, or, ref, cast }) =>
        or([
          // As texts, which the values of a link are: an engine compares no number with a text.
          ...values.flatMap((value) =>
            value === null ? [] : [eb(isText(schema, name) ? name : cast(ref(name), 'varchar'), '=', value)],
          ),
          ...(values.includes(null) ? [eb(name, 'is', null)] : []),
        ]),
      );
  const wanted = text.trim().toLowerCase();
  if (wanted !== '')
    query = query.where(({ eb, or, fn, ref, cast, val }) =>
      or([
        eb(fn<number>('strpos', [fn('lower', [cast(ref(column), 'varchar')]), val(wanted)]), '>', 0),
        ...(noneText.includes(wanted) ? [eb(column, 'is', null)] : []),
      ]),
    );
  const rows = await query.execute({ signal });
  return {
    values: rows.slice(0, mostValues).map(({ value }) => value),
    hasMore: rows.length > mostValues,
  };
}

const isText = ({ columns }: TableSchema, name: string): boolean =>
  columns.some((one) => one.name === name && ['string', 'enum', 'uuid'].includes(one.type.kind));
