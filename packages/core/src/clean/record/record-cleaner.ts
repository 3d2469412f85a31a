import { assertSource } from '../../table/assert-source.ts';
import type { CleaningStep, RangeBound, StepOf } from '../../table/cleaning-step.ts';
import { type FileColumn, type FileSchema, fieldNames, fileSchema } from '../../table/file-schema.ts';
import type { Column, TableSchema } from '../../table/table-schema.ts';
import { isTextStep, type TextStepName, textStepRunner, textStepsRunner } from '../../table/text-step.ts';
import type { RejectCode, RejectReason } from '../reject-code.ts';
import { lookUp, notLookedUp } from './look-up.ts';
import { rangeCheck } from './range-check.ts';
import { type LookupRows, type RecordLookup, recordLookups } from './record-lookups.ts';
import { rowFilter, type TextOf } from './row-filter.ts';
import { type CleanValue, valueParser } from './value-parser.ts';

/**
 * A raw record: texts by the names of the columns, their former names or their aliases. Case matters, as in JSON Lines. An absent
 * column is null.
 */
export type RawRecord = Readonly<Record<string, string | null | undefined>>;

/**
 * The clean row of an accepted record, or the reasons why it was rejected, in column order. `filtered` is set, and there are no
 * reasons, when the conditions of the source leave the record out.
 */
export type CleanResult =
  | {
      readonly accepted: true;
      readonly row: Record<string, CleanValue>;
      /** The lookups that have no row for the record, and gave nulls. Set when there are any. */
      readonly unmatched?: readonly string[];
      /** The bad values that are null in the row, of columns with `invalid: 'null'`. Omitted when there are none. */
      readonly nulled?: readonly NulledValue[];
    }
  | { readonly accepted: false; readonly reasons: RejectReason[]; readonly filtered?: true };

/** A bad value that became null, and the code that would have rejected its row. */
export interface NulledValue {
  readonly column: string;
  readonly code: RejectCode;
}

/** What a record is like. */
export interface RecordCleanerOptions {
  /**
   * The source of the records, as for a load: its constants, the names of its fields, and its conditions. The records of a
   * source by position have the names of the columns.
   */
  readonly source?: string | undefined;
  /** The rows of each lookup of the table. */
  readonly lookups?: Readonly<Record<string, LookupRows>> | undefined;
}

interface CellState {
  text: string | null;
  value: CleanValue;
}
type StepRunner = (cell: CellState) => RejectCode | undefined;

/** The steps that may reject a value. */
const checks: {
  [Name in Exclude<CleaningStep['step'], TextStepName>]: (step: StepOf<Name>, column: Column) => StepRunner;
} = {
  required: () => (cell) => (cell.text === null ? 'missing' : undefined),
  parse: (step, column) => {
    const parse = valueParser(column.type, step);
    return (cell) => {
      if (cell.text === null) return undefined;
      const parsed = parse(cell.text);
      if (typeof parsed === 'string') return parsed;
      cell.value = parsed.value;
      return undefined;
    };
  },
  'one-of': (step) => {
    const values = new Set(step.values);
    return (cell) => (cell.text === null || values.has(cell.text) ? undefined : 'not_one_of');
  },
  range: (step, column) => {
    const below = boundCheck(step.minimum, column, (order) => order < 0);
    const above = boundCheck(step.maximum, column, (order) => order > 0);
    return (cell) => {
      if (cell.value === null) return undefined;
      if (below(cell.value)) return 'below_minimum';
      return above(cell.value) ? 'above_maximum' : undefined;
    };
  },
  pattern: (step) => {
    const pattern = new RegExp(step.source, 'u');
    return (cell) => (cell.text === null || pattern.test(cell.text) ? undefined : 'pattern_mismatch');
  },
  length: (step) => (cell) => {
    if (cell.text === null) return undefined;
    const length = codePoints(cell.text);
    if (length < (step.minimum ?? 0)) return 'too_short';
    return length > (step.maximum ?? Number.POSITIVE_INFINITY) ? 'too_long' : undefined;
  },
};

function boundCheck(bound: RangeBound | undefined, column: Column, outside: (order: number) => boolean) {
  if (!bound) return () => false;
  const compare = rangeCheck(column.type, bound.value);
  return (value: CleanValue): boolean => {
    const order = compare(value);
    return outside(order) || (bound.exclusive && order === 0);
  };
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function stepRunner(step: CleaningStep, column: Column): StepRunner {
  if (!isTextStep(step))
    return (checks[step.step] as (step: CleaningStep, column: Column) => StepRunner)(step, column);
  const run = textStepRunner(step);
  return (cell) => {
    cell.text = run(cell.text);
    return undefined;
  };
}

function columnCleaner(column: Column): (text: string | null) => CleanValue | { code: RejectCode } {
  const steps = column.steps.map((step) => stepRunner(step, column));
  return (text) => {
    const cell: CellState = { text, value: null };
    for (const run of steps) {
      const code = run(cell);
      if (code) return { code };
    }
    return cell.value;
  };
}

/**
 * Compiles a table's cleaning to a function over one record of raw texts. It has the same results as the SQL of bulk
 * loads. It sees one record, so it decides about no duplicate: a load does, by the rule of `DuplicatesConfig`.
 *
 * @example
 * ```ts
 * const clean = createRecordCleaner(clickstream.schema);
 * clean({ event_time: '2019-10-01 00:00:00 UTC', price: '-1', ... });
 * // { accepted: false, reasons: [{ column: 'price', code: 'below_minimum' }] }
 * ```
 */
export function createRecordCleaner(
  schema: TableSchema,
  { source, lookups: given = {} }: RecordCleanerOptions = {},
): (record: RawRecord) => CleanResult {
  assertSource(schema, source);
  const file = fileSchema(schema, source);
  const readers = file.columns.map(fieldReader);
  const clean = createTextCleaner(file, recordLookups(schema, given, createRecordCleaner));
  return (record) => clean((index) => readers[index]?.(record) ?? null);
}

/**
 * The cleaning of one row, given the raw text of each column by its place in the table.
 *
 * @param file the schema of the files of a source
 * @param lookups the lookups of the table, with their rows
 */
export function createTextCleaner(
  file: FileSchema,
  lookups: readonly RecordLookup[] = [],
): (rawText: (column: number) => string | null) => CleanResult {
  const columns = file.columns.map((column, index) => ({
    ...{ name: column.name, index, lookup: column.lookup },
    clean: columnCleaner(column),
    isNulled: column.invalid === 'null',
    textOf: textStepsRunner(column.steps.filter(isTextStep)),
  }));
  const isMet = rowFilter(file);
  const places = new Map(columns.map(({ name }, index) => [name, index]));
  const textsOf =
    (rawText: (column: number) => string | null): TextOf =>
    (name) => {
      const place = places.get(name);
      return place === undefined ? null : (columns[place]?.textOf(rawText(place)) ?? null);
    };
  const keysOf = (rawText: (column: number) => string | null) => (name: string) => {
    const place = places.get(name) ?? -1;
    const key = columns[place]?.clean(rawText(place)) ?? null;
    return isRejection(key) ? null : key;
  };
  return (rawText) => {
    if (isMet && !isMet(textsOf(rawText))) return { accepted: false, reasons: [], filtered: true };
    const looked = lookups.length > 0 ? lookUp(lookups, keysOf(rawText)) : notLookedUp;
    const row: Record<string, CleanValue> = {};
    let reasons: RejectReason[] | undefined;
    let nulled: NulledValue[] | undefined;
    for (const { name, index, lookup, clean, isNulled } of columns) {
      const result = clean(lookup ? looked.textOf(lookup) : rawText(index));
      if (!isRejection(result)) row[name] = result;
      else if (isNulled) {
        row[name] = null;
        nulled ??= [];
        nulled.push({ column: name, code: result.code });
      } else {
        reasons ??= [];
        reasons.push({ column: name, code: result.code });
      }
    }
    for (const column of looked.refused) {
      reasons ??= [];
      reasons.push({ column, code: 'no_match' });
    }
    if (reasons) return { accepted: false, reasons };
    const { unmatched } = looked;
    if (unmatched.length === 0 && !nulled) return { accepted: true, row };
    return {
      accepted: true,
      row,
      ...(unmatched.length > 0 ? { unmatched } : {}),
      ...(nulled ? { nulled } : {}),
    };
  };
}

const isRejection = (result: CleanValue | { code: RejectCode }): result is { code: RejectCode } =>
  result !== null && typeof result === 'object' && 'code' in result;

/**
 * The raw text of a column in a record: the first one that is not null, under the column's names in their order, as in JSON Lines.
 * Own members only: a column may be named `constructor`.
 */
function fieldReader(column: FileColumn): (record: RawRecord) => string | null {
  const { constant } = column;
  if (constant !== undefined) return () => constant;
  const names = fieldNames(column);
  return (record) => {
    for (const one of names) {
      const text = Object.hasOwn(record, one) ? record[one] : null;
      if (text !== null && text !== undefined) return text;
    }
    return null;
  };
}
