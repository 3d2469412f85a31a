import type { CleaningStep, RangeBound } from '../../table/cleaning-step.ts';
import { type Column, parseOf, type TableSchema } from '../../table/table-schema.ts';
import { quoteName, quoteText } from '../../types/duckdb-type.ts';
import { duckdbValueReader } from './duckdb-value.ts';
import { duckdbText, keptConditions } from './text-step-sql.ts';

/** Facts about all texts of a relation, found by scanning the bytes of the file. */
export interface TextFacts {
  /** Whether the only white space in them is U+0020. The ends of a text are then cheaper to check. */
  readonly spacesOnly?: boolean;
}

/** One column's cleaning as DuckDB SQL over a raw text column. Each layer may use the names of the layers before it. */
export interface DuckdbColumnCleaning {
  readonly column: Column;
  /** A cheap first guess at the value. Compute it once, under the given name. Undefined when the kind has none. */
  readonly guess: string | undefined;
  /** The parsed value before the checks. Compute it once, under the given name. */
  readonly parsed: string;
  /** The clean value. NULL for a null and for a rejected text. */
  readonly value: string;
  /** Whether the value was rejected, given the name of the computed value. Cheap where that value is not NULL. */
  rejected(valueName: string): string;
  /** The code of a bad value, or NULL for a good one. It depends on the text only. */
  readonly reason: string;
  /**
   * The code of a bad value that became null, or NULL, given the name of the computed value. Undefined where a bad value rejects
   * the row. Cheap where the value is not NULL.
   */
  readonly nulled: ((valueName: string) => string) | undefined;
}

type Check = { failed: string; code: string };

function checkOf(step: CleaningStep, column: Column, text: string, value: string): Check[] {
  switch (step.step) {
    case 'range':
      return [
        ...boundCheck(step.minimum, column, value, '<', 'below_minimum'),
        ...boundCheck(step.maximum, column, value, '>', 'above_maximum'),
      ];
    case 'pattern':
      return [{ failed: `NOT regexp_matches(${text}, ${quoteText(step.source)})`, code: 'pattern_mismatch' }];
    case 'length':
      return [
        { failed: `length(${text}) < ${step.minimum ?? 0}`, code: 'too_short' },
        ...(step.maximum === undefined
          ? []
          : [{ failed: `length(${text}) > ${step.maximum}`, code: 'too_long' }]),
      ];
    default:
      // The text steps, required and parse make the value; an enum's parse does one-of.
      return [];
  }
}

function boundCheck(
  bound: RangeBound | undefined,
  column: Column,
  value: string,
  side: '<' | '>',
  code: string,
): Check[] {
  if (!bound) return [];
  const isTime = column.type.kind === 'timestamp' || column.type.kind === 'date';
  const type = column.type.kind === 'timestamp' ? 'TIMESTAMP' : 'DATE';
  const literal = isTime
    ? `${type} ${quoteText(bound.value.replace('T', ' ').replace('Z', ''))}`
    : bound.value;
  return [{ failed: `${value} ${side}${bound.exclusive ? '=' : ''} ${literal}`, code }];
}

/** SQL conditions under which a raw text needs no text step: no white space at its ends, and no capitals where they matter. */
function untouched(column: Column, raw: string, { spacesOnly }: TextFacts): string {
  const lower = column.steps.some(({ step }) => step === 'lower-case') ? [`lower(${raw}) = ${raw}`] : [];
  // Comparing the ends costs a fraction of trimming, and is enough for most texts.
  const ends = spacesOnly
    ? [`${raw} >= '!'`, `NOT suffix(${raw}, ' ')`]
    : [`${raw} BETWEEN '!' AND '~'`, `${raw}[-1] BETWEEN '!' AND '~'`];
  return [...ends, ...lower].join(' AND ');
}

/**
 * Compiles a column's cleaning to DuckDB SQL.
 *
 * @param column the column
 * @param raw a SQL expression for the raw text (VARCHAR)
 * @param guessName the name of the computed `guess` in `parsed`
 * @param parsedName the name of the computed `parsed` in `value`
 * @example the `parsed` of a required int64 is `CASE WHEN g0::VARCHAR = r0 THEN g0 ELSE <careful> END`
 */
export function duckdbColumnCleaning(
  column: Column,
  raw: string,
  guessName: string,
  parsedName: string,
  facts: TextFacts = {},
): DuckdbColumnCleaning {
  const reader = duckdbValueReader(column.type, parseOf(column));
  const text = duckdbText(column, raw);
  const careful = reader.value(text);
  const isText = column.type.kind === 'string';
  const canonical = isText ? untouched(column, raw, facts) : reader.guess?.proof(raw, guessName);
  const proof = canonical && [canonical, ...keptConditions(column, raw)].join(' AND ');
  const guess = isText ? undefined : reader.guess?.value(raw);
  const proven = isText ? raw : (reader.guess?.result?.(raw, guessName) ?? guessName);
  const parsed = proof ? `CASE WHEN ${proof} THEN ${proven} ELSE ${careful} END` : careful;

  const checks = column.steps.flatMap((step) => checkOf(step, column, text, careful));
  const quickChecks = column.steps.flatMap((step) =>
    checkOf(step, column, isText ? parsedName : text, parsedName),
  );
  const passed = quickChecks.map((check) => `NOT (${check.failed})`).join(' AND ');
  const value = passed ? `CASE WHEN ${passed} THEN ${parsedName} END` : parsedName;

  const cases = [
    `WHEN ${text} IS NULL THEN ${column.nullable ? 'NULL' : "'missing'"}`,
    `WHEN ${careful} IS NULL THEN ${reader.code(text)}`,
    ...checks.map((check) => `WHEN ${check.failed} THEN '${check.code}'`),
  ];
  const reason = `CASE ${cases.join(' ')} END`;
  // A CASE, because outside of filters DuckDB evaluates both sides of an AND, and the reason is expensive.
  const rejected = (name: string): string => {
    if (column.invalid === 'null') return 'false';
    return column.nullable
      ? `CASE WHEN ${name} IS NULL AND ${raw} IS NOT NULL THEN ${reason} IS NOT NULL ELSE false END`
      : `${name} IS NULL`;
  };
  const nulled =
    column.invalid === 'null'
      ? (name: string): string => `CASE WHEN ${name} IS NULL AND ${raw} IS NOT NULL THEN ${reason} END`
      : undefined;
  return { column, guess, parsed, value, rejected, reason, nulled };
}

/**
 * Compiles a whole table's cleaning: a SELECT over a relation whose columns are raw texts.
 * The result has the table's clean columns, and `reasons`, a list of `{column, code}` that is empty for accepted rows. Where a
 * column of the table has `invalid: 'null'`, it also has `nulled`: such a list of the bad values that became null.
 *
 * @param from SQL of a relation with one VARCHAR column for each column of the table, with the same name
 */
export function duckdbCleaningSelect(schema: TableSchema, from: string, facts?: TextFacts): string {
  const cleaned = schema.columns.map((column, index) =>
    duckdbColumnCleaning(column, `r${index}`, `g${index}`, `p${index}`, facts),
  );
  const raws = cleaned.map(({ column }, index) => `${quoteName(column.name)} AS r${index}`);
  const guesses = cleaned.flatMap(({ guess }, index) => (guess ? [`${guess} AS g${index}`] : []));
  const parsed = cleaned.map((cleaning, index) => `${cleaning.parsed} AS p${index}`);
  const values = cleaned.map(({ value }, index) => `${value} AS v${index}`);
  const names = cleaned.map(({ column }, index) => `v${index} AS ${quoteName(column.name)}`);
  const coded = (column: Column, code: string): string =>
    `struct_pack("column" := '${column.name}', code := ${code})`;
  const listOf = (codes: readonly string[]): string =>
    `list_filter([${codes.join(', ')}], lambda reason: reason.code IS NOT NULL)`;
  const reasons = cleaned.flatMap(({ column, reason, nulled }) => (nulled ? [] : [coded(column, reason)]));
  const nulled = cleaned.flatMap(({ column, reason, nulled: rule }) => (rule ? [coded(column, reason)] : []));
  // The user's names appear in the outermost layer only, so that they cannot clash with names used inside.
  return [
    `SELECT ${names.join(', ')}, all_reasons AS reasons${nulled.length > 0 ? ', all_nulled AS nulled' : ''}`,
    `FROM (SELECT ${values.join(',\n  ')},`,
    `  ${listOf(reasons)} AS all_reasons${nulled.length > 0 ? `,\n  ${listOf(nulled)} AS all_nulled` : ''}`,
    `FROM (SELECT *, ${parsed.join(', ')}`,
    `FROM (SELECT *, ${guesses.join(', ') || 'NULL AS g'} FROM (SELECT ${raws.join(', ')} FROM ${from}))))`,
  ].join('\n');
}
