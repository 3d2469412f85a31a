import { HeadwaterError } from '../../errors/headwater-error.ts';
import { type DataType, type DataTypeTable, mapDataType } from '../../table/data-type.ts';
import { spellings } from '../../table/spellings.ts';
import { type Column, parseOf } from '../../table/table-schema.ts';
import { isTextStep } from '../../table/text-step.ts';
import type { EpochUnit } from '../../table/time-format.ts';
import { flinkText, flinkType } from '../../types/flink-type.ts';
import { flinkChecks } from './flink-checks.ts';
import type { FlinkConnectorName } from './flink-connector.ts';
import type { FlinkDifferenceCode } from './flink-differences.ts';
import { flinkTextSteps } from './flink-text-steps.ts';

/** How a column of the definition is read from a JSON record. */
export interface FlinkColumn {
  readonly name: string;
  /** The members that lead to the value. */
  readonly path: readonly string[];
  /** The type that the value is read as. */
  readonly readAs: string;
  /** The type that the clean value has. */
  readonly type: string;
  /** SQL of the text after its steps. */
  readonly text: (read: string) => string;
  /** SQL of the value of such a text; null where there is none. */
  readonly value: (text: string) => string;
  /** The conditions of a row with such a text. A row that does not meet them is left out. */
  readonly conditions: (text: string) => readonly string[];
  readonly differences: readonly FlinkDifferenceCode[];
}

/** How a kind is read: as which type, and what makes its value. */
interface KindRow {
  readonly readAs: string;
  readonly value: (text: string) => string;
}

const regexp = (text: string, pattern: string): string => `REGEXP(${text}, ${flinkText(`^${pattern}\\z`)})`;

/**
 * A text that has a spelling of the definition, as a value. The JSON format itself would take the fraction from an integer, and make
 * every text that is not true false.
 */
const spelled =
  (pattern: string) =>
  (type: DataType): KindRow => ({
    readAs: 'STRING',
    value: (text) => `CASE WHEN ${regexp(text, pattern)} THEN TRY_CAST(${text} AS ${flinkType(type)}) END`,
  });

const asText = (): KindRow => ({ readAs: 'STRING', value: (text) => text });
const asItIs = (type: DataType): KindRow => ({ readAs: flinkType(type), value: (read) => read });

const [trues, falses] = [
  ['true', 't', 'yes', 'y', '1'],
  ['false', 'f', 'no', 'n', '0'],
].map((words) => words.map(flinkText).join(', '));

const kinds = {
  string: asText,
  enum: asText,
  boolean: () => ({
    readAs: 'STRING',
    value: (text) =>
      `CASE WHEN LOWER(${text}) IN (${trues}) THEN TRUE WHEN LOWER(${text}) IN (${falses}) THEN FALSE END`,
  }),
  int32: spelled(spellings.integer),
  int64: spelled(spellings.integer),
  double: spelled(spellings.number),
  decimal: spelled(spellings.decimal),
  date: spelled(spellings.date),
  timestamp: asItIs,
  uuid: () => ({
    readAs: 'STRING',
    value: (text) => `CASE WHEN ${regexp(text, spellings.uuid)} THEN LOWER(${text}) END`,
  }),
  // The JSON format reads each part of a nested value by its type.
  list: asItIs,
  struct: asItIs,
  map: asItIs,
} satisfies DataTypeTable<KindRow>;

/** Counts since 1970 as instants. Counts before 1970 are out of range, so cutting off is rounding down. */
const epochs: { readonly [Unit in EpochUnit]: (count: string) => string } = {
  'epoch-seconds': (count) => `TO_TIMESTAMP_LTZ(${count}, 0)`,
  'epoch-milliseconds': (count) => `TO_TIMESTAMP_LTZ(${count}, 3)`,
  'epoch-microseconds': (count) => `TO_TIMESTAMP_LTZ(${count} / 1000, 3)`,
};

/**
 * How Flink reads a column.
 *
 * @throws HeadwaterError `TYPE_UNSUPPORTED` for a column that a JSON record has in a form that Flink does not read exactly
 */
export function flinkColumn(column: Column, connector: FlinkConnectorName): FlinkColumn {
  const { name, type, nullable, invalid, steps, path, aliases, renamedFrom } = column;
  const fail = (kind: string, fix: string): never => {
    throw new HeadwaterError('TYPE_UNSUPPORTED', { target: 'Flink SQL', kind, column: name, fix });
  };
  const { time, number } = parseOf(column);
  if (number !== undefined)
    fail(
      'number format',
      'Send numbers as JSON numbers, and read the stream by a definition without the format',
    );
  if (time?.formats !== undefined || (time?.zone !== undefined && time.from === undefined))
    fail('time format', 'Send times as toISOString() writes them, or as a count since 1970');
  const epoch = time?.from;
  const { readAs, value } = epoch === undefined ? kindOf(type, connector) : epochOf(epoch);
  const textSteps = steps.filter(isTextStep);
  const isText = readAs === 'STRING';
  // An empty or untrimmed text is no number or time of JSON. Other steps would have to run before it is read.
  const lost = isText ? [] : textSteps.filter(({ step }) => step !== 'trim' && step !== 'empty-to-null');
  if (lost.length > 0)
    fail(`${type.kind} with the step ${lost[0]?.step}`, 'Remove the step, or make the column a text');
  const cleaned = flinkTextSteps('', textSteps);
  const checks = (text: string): string[] => [
    ...(epoch === undefined ? [] : [`${text} >= 0`]),
    ...steps.flatMap((step) => flinkChecks(step, type, text, value(text))),
  ];
  const checked = (text: string): string => {
    const met = checks(text);
    return invalid === 'null' && met.length > 0
      ? `CASE WHEN ${met.join(' AND ')} THEN ${value(text)} END`
      : value(text);
  };
  return {
    name,
    path: memberPath(column, fail),
    readAs,
    type: flinkType(type),
    text: (read) => (isText ? flinkTextSteps(read, textSteps).sql : read),
    value: checked,
    conditions: (text) => conditionsOf(text, { nullable, invalid, isText, value, checks }),
    differences: [
      ...(path === undefined && aliases.length + renamedFrom.length > 0 ? (['other-names'] as const) : []),
      ...(isText ? cleaned.differences : []),
      ...(type.kind === 'timestamp' && epoch === undefined ? (['time-spelling'] as const) : []),
      ...(epoch === undefined ? [] : (['epoch-fraction'] as const)),
      ...(type.kind === 'timestamp' && nullable && invalid === undefined ? (['bad-time-null'] as const) : []),
      ...(type.kind === 'decimal' && connector === 'kinesis-legacy' ? (['float-text'] as const) : []),
    ],
  };
}

/** Studio writes large numbers with a fraction with an exponent, before they become text. */
const kindOf = (type: DataType, connector: FlinkConnectorName): KindRow =>
  type.kind === 'decimal' && connector === 'kinesis-legacy'
    ? spelled(spellings.number)(type)
    : mapDataType<KindRow>(kinds, type);

const epochOf = (unit: EpochUnit): KindRow => ({ readAs: 'BIGINT', value: epochs[unit] });

function conditionsOf(
  text: string,
  of: {
    readonly nullable: boolean;
    readonly invalid: Column['invalid'];
    readonly isText: boolean;
    readonly value: (text: string) => string;
    readonly checks: (text: string) => string[];
  },
): string[] {
  if (of.invalid === 'null') return [];
  const value = of.value(text);
  const checks = of.checks(text);
  // A check of null is not met, so a check of the value says as well that there is one.
  const met = checks.some((check) => check.includes(value)) ? checks : [`${value} IS NOT NULL`, ...checks];
  if (!of.nullable) return met;
  // A column without steps that reads its type has no text that is no value.
  if (checks.length === 0 && (value === text || !of.isText)) return [];
  return [`(${text} IS NULL OR (${met.join(' AND ')}))`];
}

function memberPath({ name, path }: Column, fail: (kind: string, fix: string) => never): readonly string[] {
  return (path ?? [{ step: 'member', name } as const]).map((step) =>
    step.step === 'member'
      ? step.name
      : fail('element of a list', 'Read it from a member of an object, or leave it out of the stream'),
  );
}
