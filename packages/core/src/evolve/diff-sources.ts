import { conditionText, type SourceRule } from '../table/source-rule.ts';
import type { TableSchema } from '../table/table-schema.ts';
import type { AddChange } from './schema-change.ts';

/**
 * The differences between the sources of two definitions.
 *
 * @param nameNow the current name of each old column that still exists
 */
export function diffSources(
  old: TableSchema,
  now: TableSchema,
  nameNow: ReadonlyMap<string, string>,
  add: AddChange,
): void {
  const [before, after] = [old.sources ?? {}, now.sources ?? {}];
  for (const name of Object.keys(after))
    if (!Object.hasOwn(before, name)) add('add-source', `${name} is a new source`, undefined, name);
  for (const [name, rule] of Object.entries(before)) {
    const present = after[name];
    if (!present) add('remove-source', `${name} is no source any more`, undefined, name);
    else diffSource(name, rule, present, (column) => nameNow.get(column) ?? column, add);
  }
}

function diffSource(
  name: string,
  old: SourceRule,
  now: SourceRule,
  present: (column: string) => string,
  add: AddChange,
): void {
  const same = String;
  if (fields(old, present) !== fields(now, same))
    add('change-source-fields', `the source ${name} has its columns in other fields`, undefined, name);
  if (constants(old, present) !== constants(now, same))
    add(
      'change-source-constants',
      `the source ${name} had ${constants(old, present) || 'no constants'} and has ${constants(now, same) || 'none'}`,
      undefined,
      name,
    );
  if (conditions(old, present) !== conditions(now, same))
    add(
      'change-source-filter',
      `the source ${name} had rows where ${conditions(old, present) || 'anything'} and has rows where ${conditions(now, same) || 'anything'}`,
      undefined,
      name,
    );
}

type Named = (column: string) => string;

/** Which field each column is read from, as a text to compare. */
const fields = ({ positions, columns = {} }: SourceRule, named: Named): string =>
  JSON.stringify([
    positions?.map((column) => (column === null ? null : named(column))) ?? null,
    Object.entries(columns)
      .map(([field, column]) => [named(column), field])
      .sort(),
  ]);

const constants = ({ constants: given = {} }: SourceRule, named: Named): string =>
  Object.entries(given)
    .map(([column, text]) => `${named(column)} = ${JSON.stringify(text)}`)
    .sort()
    .join(', ');

const conditions = ({ where = [] }: SourceRule, named: Named): string =>
  where
    .map((one) => conditionText({ ...one, column: named(one.column) }))
    .sort()
    .join(' and ');
