import type { z } from 'zod';
import { HeadwaterError } from '../errors/headwater-error.ts';
import { constantText } from './default-value.ts';
import type { SourceConfig } from './source-config.ts';
import type { SourceCondition, SourceRule } from './source-rule.ts';
import { type Column, columnOf } from './table-schema.ts';

type Shape = Readonly<Record<string, z.core.$ZodType>>;
type Config = Readonly<Record<string, SourceConfig<Shape>>>;

/** The words of a source. */
const words = ['positions', 'columns', 'constants', 'where'] as const;

/**
 * Reads and checks the sources of a definition. The types reject most mistakes; a definition in plain JavaScript is checked
 * here.
 *
 * @throws HeadwaterError `DEFINITION_INVALID`, naming the source
 */
export function readSources(
  table: string,
  config: Config | undefined,
  shape: Shape,
  columns: readonly Column[],
): Readonly<Record<string, SourceRule>> | undefined {
  if (config === undefined) return undefined;
  const names = Object.keys(config);
  if (names.length === 0) fail(table, 'sources is empty', 'Define a source, or remove sources');
  return Object.fromEntries(
    Object.entries(config).map(([name, source]) => [name, readSource(table, name, source, shape, columns)]),
  );
}

function fail(table: string, problem: string, fix: string, column?: string): never {
  throw new HeadwaterError('DEFINITION_INVALID', { table, ...(column ? { column } : {}), problem, fix });
}

function readSource(
  table: string,
  name: string,
  source: SourceConfig<Shape>,
  shape: Shape,
  columns: readonly Column[],
): SourceRule {
  const where = `sources.${name}`;
  const known = columns.map((column) => column.name);
  const assertColumn = (column: string, word: string): void => {
    if (!known.includes(column))
      fail(
        table,
        `${where}.${word} names the column "${column}", which does not exist`,
        `Columns: ${known.join(', ')}`,
      );
  };
  const assertOwn = (column: string): void => {
    if (columns.some(({ name: one, lookup }) => one === column && lookup !== undefined))
      fail(
        table,
        `${where} names it, and it is of a lookup`,
        'Remove it there: no field has its value',
        column,
      );
  };
  if (!/^[a-z][a-z0-9_-]*$/.test(name))
    fail(
      table,
      `"${name}" is not a valid name of a source`,
      'Use a lower-case letter, then lower-case letters, digits, _ and -',
    );
  const other = Object.keys(source).find((word) => !words.some((one) => one === word));
  if (other !== undefined) fail(table, `${where} has "${other}"`, `A source has ${words.join(', ')}`);
  const { positions, columns: fields, constants = {}, where: conditions = {} } = source;
  if (positions && fields)
    fail(table, `${where} has both positions and columns`, 'Read its fields by position, or by name');
  if (positions) {
    if (!positions.some((column) => column !== null))
      fail(table, `${where}.positions names no column`, 'List the columns of the fields, in order');
    for (const column of positions) if (column !== null) assertColumn(column, 'positions');
  }
  for (const column of Object.values(fields ?? {})) assertColumn(column, 'columns');
  for (const column of [...(positions ?? []), ...Object.values(fields ?? {}), ...Object.keys(conditions)])
    if (column !== null) assertOwn(column);
  const read = [...(positions ?? Object.values(fields ?? {}))].flatMap((column) => column ?? []);
  const twice = read.find((column, index) => read.indexOf(column) !== index);
  if (twice !== undefined) fail(table, `${where} reads it from two fields`, 'Name one field for it', twice);
  const constantTexts = Object.entries(constants).map(([column, value]) => {
    assertColumn(column, 'constants');
    assertOwn(column);
    if (read.includes(column))
      fail(table, `${where} reads it from a field and has a constant for it`, 'Keep one of the two', column);
    return [
      column,
      constantText(table, where, columnOf({ name: table, columns }, column), shape[column], value),
    ] as const;
  });
  const rule: SourceRule = {
    ...(positions ? { positions } : {}),
    ...(fields && Object.keys(fields).length > 0 ? { columns: fields } : {}),
    ...(constantTexts.length > 0 ? { constants: Object.fromEntries(constantTexts) } : {}),
    ...(Object.keys(conditions).length > 0
      ? { where: Object.entries(conditions).map(([column, given]) => conditionOf(column, given)) }
      : {}),
  };
  assertRows(table, where, rule, columns);
  return rule;

  function conditionOf(column: string, given: unknown): SourceCondition {
    assertColumn(column, 'where');
    if (Object.hasOwn(constants, column))
      fail(table, `${where}.where compares it, and it is a constant`, 'Remove one of the two', column);
    const isNot = typeof given === 'object' && given !== null && 'not' in given;
    const list = [isNot ? given.not : given].flat();
    const isText = (one: unknown): one is string | null => one === null || typeof one === 'string';
    if (list.length === 0 || !list.every(isText))
      fail(
        table,
        `${where}.where has a condition that is no text`,
        "Write a text, a list of texts, or { not: ... }; null is a missing value: where: { kind: ['a', 'b'] }",
        column,
      );
    const texts = list.filter(isText);
    const { type, invalid } = columnOf({ name: table, columns }, column);
    const values = type.kind === 'enum' && invalid === undefined ? type.values : undefined;
    const other = values && texts.find((one) => one !== null && !values.includes(one));
    // Rows with another text are rejected in any case: the condition lets no row pass that can be loaded.
    if (values && !isNot && other !== undefined)
      fail(
        table,
        `${where}.where has "${other}", which is not one of its values`,
        `Texts are compared after the map and the other text steps. Values: ${values.join(', ')}`,
        column,
      );
    return { column, rule: isNot ? 'is-not' : 'is', texts };
  }
}

/** A source by position gives no row when a required column is neither among the fields nor a constant. */
function assertRows(
  table: string,
  where: string,
  { positions, constants = {}, where: conditions = [] }: SourceRule,
  columns: readonly Column[],
): void {
  if (!positions) return;
  const isRead = (name: string): boolean => positions.includes(name) || Object.hasOwn(constants, name);
  for (const { name, nullable, steps, lookup } of columns) {
    if (isRead(name) || nullable || lookup !== undefined) continue;
    if (steps.some(({ step }) => step === 'default')) continue;
    fail(
      table,
      `is required, and ${where} gives it no value`,
      'Add it to the positions or to the constants, or make it optional',
      name,
    );
  }
  const unread = conditions.find(({ column }) => !isRead(column));
  if (unread)
    fail(
      table,
      `${where}.where compares it, and no field of the source has it`,
      'Add it to the positions',
      unread.column,
    );
}
