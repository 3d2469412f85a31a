import type { LookupRule } from '../table/lookup-rule.ts';
import type { Column, TableSchema } from '../table/table-schema.ts';
import type { AddChange } from './schema-change.ts';

/**
 * The differences between the lookups of two definitions, and between where columns take their values from.
 *
 * @param nameNow the current name of each old column that still exists
 */
export function diffLookups(
  old: TableSchema,
  now: TableSchema,
  nameNow: ReadonlyMap<string, string>,
  add: AddChange,
): void {
  const [before, after] = [old.lookups ?? {}, now.lookups ?? {}];
  for (const name of Object.keys(after))
    if (!Object.hasOwn(before, name)) add('add-lookup', `${name} is a new lookup`, undefined, name);
  for (const [name, rule] of Object.entries(before)) {
    const present = after[name];
    if (!present) add('remove-lookup', `${name} is no lookup any more`, undefined, name);
    else diffLookup(name, { ...rule, on: nameNow.get(rule.on) ?? rule.on }, present, add);
  }
  for (const column of old.columns) {
    const name = nameNow.get(column.name);
    const present = now.columns.find((one) => one.name === name);
    const [was, is] = [originOf(column), present && originOf(present)];
    if (is !== undefined && was !== is)
      add('change-origin', `${name}: its value was from ${was} and is from ${is}`, undefined, name);
  }
}

const originOf = ({ lookup }: Column): string =>
  lookup ? `the lookup ${lookup.name}.${lookup.column}` : 'a field of the file';

function diffLookup(name: string, old: LookupRule, now: LookupRule, add: AddChange): void {
  if (old.on !== now.on || readingOf([old.key]) !== readingOf([now.key]))
    add(
      'change-lookup-key',
      `the lookup ${name} compares another key, or cleans it otherwise`,
      undefined,
      name,
    );
  if (readingOf(old.columns) !== readingOf(now.columns))
    add(
      'change-lookup-columns',
      `the lookup ${name} reads other columns, or cleans them otherwise`,
      undefined,
      name,
    );
  if (old.many !== now.many)
    add(
      'change-lookup-many',
      `of several rows of a key the lookup ${name} ${manyWords[old.many]} and now ${manyNow[now.many]}`,
      undefined,
      name,
    );
  if (old.none !== now.none)
    add(
      'change-lookup-none',
      `for an event without a row the lookup ${name} ${noneWords[old.none]} and now ${noneNow[now.none]}`,
      undefined,
      name,
    );
}

const manyWords = { refuse: 'refused the file', first: 'took the first' };
const manyNow = { refuse: 'refuses the file', first: 'takes the first' };
const noneWords = { refuse: 'rejected the event', null: 'gave nulls' };
const noneNow = { refuse: 'rejects the event', null: 'gives nulls' };

/** The members of columns that decide how a file is read, as a text to compare. */
const readingOf = (columns: readonly Column[]): string =>
  JSON.stringify(
    columns
      .map(({ name, type, nullable, aliases, renamedFrom, steps }) => ({
        name,
        type,
        nullable,
        aliases,
        renamedFrom,
        steps,
      }))
      .sort((left, right) => (left.name < right.name ? -1 : 1)),
  );
