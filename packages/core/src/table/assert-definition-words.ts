import { HeadwaterError } from '../errors/headwater-error.ts';
import { type ColumnMetadata, piiClasses } from './column-metadata.ts';
import type { ColumnShape, EventsConfig, LookupUse, RoleMap } from './events-definition.ts';

type Form = 'object' | 'list' | 'text' | 'boolean' | 'any';
type Words<Of> = Readonly<Record<keyof Of, Form>>;
type Config = EventsConfig<ColumnShape, RoleMap<ColumnShape>>;

/** The words of a definition, and the form of what each has. Words whose own reader checks the form have `any`. */
const tableWords: Words<Config> = {
  description: 'text',
  columns: 'object',
  roles: 'object',
  actions: 'object',
  amountPer: 'any',
  explode: 'any',
  sessions: 'object',
  zone: 'any',
  purchases: 'object',
  partitionBy: 'object',
  duplicateKey: 'list',
  duplicates: 'object',
  sortOrder: 'list',
  sources: 'object',
  lookups: 'object',
};

const partitionWords: Words<NonNullable<Config['partitionBy']>> = { hour: 'boolean', columns: 'list' };
const duplicateWords: Words<NonNullable<Config['duplicates']>> = { key: 'list', keep: 'any', by: 'any' };
const lookupWords: Words<LookupUse> = { table: 'any', on: 'any' };

const metadataWords: Words<ColumnMetadata> = {
  description: 'text',
  unit: 'text',
  pii: 'text',
  aliases: 'list',
  path: 'any',
  renamedFrom: 'any',
  default: 'any',
  clean: 'list',
  nullTexts: 'any',
  map: 'any',
  invalid: 'any',
  numberFormat: 'object',
  lookup: 'any',
};

interface FormRule {
  readonly of: (value: unknown) => boolean;
  readonly words: string;
  readonly sample: string;
}

const forms: Readonly<Record<Form, FormRule>> = {
  object: {
    of: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    words: 'an object',
    sample: '{ ... }',
  },
  list: { of: Array.isArray, words: 'a list', sample: '[...]' },
  text: { of: (value) => typeof value === 'string', words: 'a text', sample: "'...'" },
  boolean: { of: (value) => typeof value === 'boolean', words: 'true or false', sample: 'true' },
  any: { of: () => true, words: '', sample: '' },
};

/** Where a word stands: the table, and the column whose metadata has it. */
interface Place {
  readonly table: string;
  readonly column?: string;
}

/**
 * Rejects words that a definition does not have, and values of another form. The types do so too, but the command runs a
 * definition without checking its types, and plain JavaScript has none: `timezone` in place of `zone` would give the
 * answers of UTC.
 *
 * @throws HeadwaterError `DEFINITION_INVALID`, naming the word
 */
export function assertDefinitionWords(table: string, config: unknown): asserts config is Config {
  const place = { table };
  const written = members(place, 'the definition', config, tableWords);
  for (const word of ['columns', 'roles'] as const)
    if (written[word] === undefined)
      fail(place, `the definition has no ${word}`, 'Write defineEvents(name, { columns, roles, ... })');
  if (Object(written['roles']).time === undefined)
    fail(
      place,
      'no column has the role time',
      "Name the column of the event's time: roles: { time: '<column>' }",
    );
  if (written['partitionBy'] !== undefined)
    members(place, 'partitionBy', written['partitionBy'], partitionWords);
  if (written['duplicates'] !== undefined)
    members(place, 'duplicates', written['duplicates'], duplicateWords);
  for (const [name, source] of Object.entries(Object(written['sources'])))
    assertForm(place, `sources.${name}`, source, 'object');
  for (const [name, lookup] of Object.entries(Object(written['lookups'])))
    members(place, `lookups.${name}`, lookup, lookupWords);
}

/**
 * Rejects a column that is not a zod type, such as `timestamp` in place of `timestamp()`.
 *
 * @throws HeadwaterError `DEFINITION_INVALID`, naming the column
 */
export function assertColumnType(table: string, column: string, type: unknown): void {
  if (typeof type === 'object' && type !== null && '_zod' in type) return;
  const isCall = typeof type === 'function';
  fail(
    { table, column },
    isCall ? 'is a function, and not a zod type' : 'is not a zod type',
    isCall ? 'Call it: timestamp()' : 'Write a zod type such as z.string(), decimal(12, 2) or timestamp()',
  );
}

/**
 * Rejects words that the metadata of a column does not have, and values of another form.
 *
 * @throws HeadwaterError `DEFINITION_INVALID`, naming the column and the word
 */
export function assertMetadataWords(table: string, column: string, metadata: ColumnMetadata): void {
  const place = { table, column };
  members(place, 'its metadata', metadata, metadataWords);
  const { pii = 'none', aliases = [] } = metadata;
  if (!piiClasses.includes(pii)) fail(place, `pii is "${pii}"`, `Expected one of ${piiClasses.join(', ')}`);
  if (!aliases.every((alias) => typeof alias === 'string'))
    fail(place, 'an alias is not a text', "List the names that files have: aliases: ['InvoiceNo']");
}

function members(
  place: Place,
  what: string,
  value: unknown,
  words: Readonly<Record<string, Form>>,
): Readonly<Record<string, unknown>> {
  assertForm(place, what, value, 'object');
  const written = value as Readonly<Record<string, unknown>>;
  for (const [word, of] of Object.entries(written)) {
    const form = Object.hasOwn(words, word) ? words[word] : undefined;
    if (form === undefined)
      fail(place, `${what} has "${word}"`, `Expected one of ${Object.keys(words).join(', ')}`);
    else if (of !== undefined) assertForm(place, word, of, form);
  }
  return written;
}

function assertForm(place: Place, what: string, value: unknown, form: Form): void {
  const { of, words, sample } = forms[form];
  if (!of(value)) fail(place, `${what} is not ${words}`, `Write it as ${sample}`);
}

function fail(place: Place, problem: string, fix: string): never {
  throw new HeadwaterError('DEFINITION_INVALID', { ...place, problem, fix });
}
