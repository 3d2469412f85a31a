import { HeadwaterError } from '../errors/headwater-error.ts';
import type { LookupUse } from './events-definition.ts';
import type { LookupRule } from './lookup-rule.ts';
import { isPortableName, portableNameFix } from './portable-name.ts';
import type { Column } from './table-schema.ts';

/** Kinds whose values are equal in one way on every engine. */
const comparable: ReadonlySet<string> = new Set([
  'string',
  'enum',
  'boolean',
  'int32',
  'int64',
  'decimal',
  'date',
  'uuid',
]);

/** Kinds that are compared with each other. */
const alike: readonly ReadonlySet<string>[] = [new Set(['string', 'enum']), new Set(['int32', 'int64'])];

/**
 * Reads and checks the lookups of a definition.
 *
 * @throws HeadwaterError `DEFINITION_INVALID`, naming the lookup or the column
 */
export function readLookups(
  table: string,
  config: Readonly<Record<string, LookupUse>> | undefined,
  columns: readonly Column[],
): Readonly<Record<string, LookupRule>> | undefined {
  const rules = Object.fromEntries(
    Object.entries(config ?? {}).map(([name, use]) => [name, readLookup(table, name, use, columns)]),
  );
  for (const column of columns) if (column.lookup) assertLookedUp(table, column, columns, rules);
  for (const name of Object.keys(rules))
    if (!columns.some(({ lookup }) => lookup?.name === name))
      fail(
        table,
        `no column reads the lookup ${name}`,
        `Name it in the metadata of a column, lookup: '${name}.<column>', or remove it`,
      );
  return config === undefined ? undefined : rules;
}

function fail(table: string, problem: string, fix: string, column?: string): never {
  throw new HeadwaterError('DEFINITION_INVALID', { table, ...(column ? { column } : {}), problem, fix });
}

function readLookup(table: string, name: string, use: LookupUse, columns: readonly Column[]): LookupRule {
  if (!isPortableName(name)) fail(table, `"${name}" is not a valid name of a lookup`, portableNameFix);
  const { table: lookup, on: onName } = use;
  if (typeof lookup !== 'object' || !Array.isArray(lookup.columns))
    fail(table, `lookups.${name}.table is no lookup`, 'Make it with defineLookup');
  const on = columns.find((column) => column.name === onName);
  if (!on)
    fail(
      table,
      `lookups.${name}.on names the column "${onName}", which does not exist`,
      `Columns: ${columns.map((column) => column.name).join(', ')}`,
    );
  if (on.lookup)
    fail(
      table,
      `lookups.${name} compares it, and it is itself of a lookup`,
      'Compare a column that files have',
      onName,
    );
  if (!comparable.has(on.type.kind))
    fail(
      table,
      `lookups.${name} compares it, and it is a ${on.type.kind}`,
      `Compare a column of one of the kinds ${[...comparable].join(', ')}`,
      onName,
    );
  return {
    table: lookup.name,
    on: onName,
    key: keyOf(table, name, use, on),
    columns: lookup.columns.filter((column) => column.name !== lookup.key),
    many: lookup.many,
    none: lookup.none,
  };
}

/** The key of a lookup: its own column, else a column that is cleaned as that of the events. */
function keyOf(table: string, name: string, { table: lookup }: LookupUse, on: Column): Column {
  const own = lookup.columns.find((column) => column.name === lookup.key);
  // How the column of the events is cleaned. Where it stands in an event says nothing about the lookup's file, and a bad key of an
  // event may become null, but one of the lookup may not.
  const { type, nullable, pii, steps: cleaning } = on;
  const names = { name: lookup.key, aliases: [], renamedFrom: [], description: '' };
  const key: Column = own ?? { ...names, type, nullable, pii, steps: cleaning };
  const isAlike =
    JSON.stringify(key.type) === JSON.stringify(on.type) ||
    alike.some((kinds) => kinds.has(key.type.kind) && kinds.has(on.type.kind));
  if (!isAlike)
    fail(
      table,
      `lookups.${name} compares it with ${lookup.name}.${key.name}, which has another type`,
      'Give the two columns one type',
      on.name,
    );
  if (!key.nullable) return key;
  const parse = key.steps.findIndex(({ step }) => step === 'parse');
  const steps = [...key.steps.slice(0, parse), { step: 'required' } as const, ...key.steps.slice(parse)];
  return { ...key, nullable: false, steps };
}

/** Checks a column that takes its value from a lookup. */
function assertLookedUp(
  table: string,
  column: Column,
  columns: readonly Column[],
  rules: Readonly<Record<string, LookupRule>>,
): void {
  const refuse = (problem: string, fix: string): never => fail(table, problem, fix, column.name);
  const { name = '', column: field = '' } = column.lookup ?? {};
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
  if (!rule)
    fail(
      table,
      `its lookup "${name}.${field}" names no lookup of the table`,
      `Write lookup: '<lookup>.<column>' with one of lookups: ${Object.keys(rules).join(', ') || '(none)'}`,
      column.name,
    );
  const from = rule.columns.find((one) => one.name === field);
  if (!from)
    fail(
      table,
      `its lookup "${name}.${field}" names no column of ${rule.table}`,
      `Columns of ${rule.table}: ${rule.columns.map((one) => one.name).join(', ')}`,
      column.name,
    );
  const isSame = JSON.stringify(from.type) === JSON.stringify(column.type);
  if (!isSame && !(column.type.kind === 'string' && from.type.kind === 'enum'))
    refuse(
      `its type is ${column.type.kind}, and that of ${rule.table}.${field} is another one`,
      'Give it the type of the column of the lookup',
    );
  if (column.nullable) return;
  const on = columns.find((one) => one.name === rule.on);
  const why =
    rule.none === 'null'
      ? `is null where ${rule.table} has no row`
      : from.nullable
        ? `is null where ${rule.table}.${field} is`
        : on?.nullable
          ? `is null where ${rule.on} is`
          : undefined;
  if (why) refuse(`${why}, and is required`, 'Make it optional');
}
