import { type DataTypeOf, isNumberDecimal } from '../../table/data-type.ts';
import { type Column, parseOf } from '../../table/table-schema.ts';
import { isTextStep } from '../../table/text-step.ts';
import type { ColumnParts } from './column-cleaner.ts';
import { type FlatRecord, flatText } from './flat-record.ts';
import { startsWith } from './json-scanner.ts';
import type { Rejection } from './rejection.ts';
import { usualDecimal, usualInstant, usualInteger, usualLong } from './usual-spelling.ts';
import type { CleanValue } from './value-parser.ts';

/**
 * Cleans the text of a column that stands in a record as it is. Undefined for a text in another spelling than the usual one, which
 * the column's steps have to clean.
 */
export type UsualCleaner = (
  record: FlatRecord,
  column: number,
) => Exclude<CleanValue, null> | Rejection | undefined;

/** The cleaners of the kinds that have a usual spelling. Most texts have it, and are then not cut out of their record. */
const cleaners: {
  readonly [Kind in Column['type']['kind']]?: (
    column: Column,
    parts: ColumnParts,
  ) => UsualCleaner | undefined;
} = {
  enum: ({ type }, { prepared }) => usualValue(type as DataTypeOf<'enum'>, prepared),
  string: usualText,
  int32: (column, { check }) => {
    if (!isReadAsWritten(column)) return undefined;
    return ({ bytes, starts, ends }, place) => {
      const value = usualInteger(bytes, starts[place] as number, ends[place] as number);
      if (value === undefined || value < -(2 ** 31) || value >= 2 ** 31) return undefined;
      return check?.('', value) ?? value;
    };
  },
  int64: (column, { check }) => {
    if (!isReadAsWritten(column)) return undefined;
    return ({ bytes, starts, ends }, place) => {
      const value = usualLong(bytes, starts[place] as number, ends[place] as number);
      if (value === undefined) return undefined;
      return check?.('', value) ?? value;
    };
  },
  decimal: (column, { check }) => {
    const type = column.type as DataTypeOf<'decimal'>;
    if (!isNumberDecimal(type) || !isReadAsWritten(column)) return undefined;
    const { scale } = type;
    const limit = 10 ** (type.precision - scale);
    return ({ bytes, starts, ends }, place) => {
      const value = usualDecimal(bytes, starts[place] as number, ends[place] as number, scale);
      if (value === undefined || value >= limit || value <= -limit) return undefined;
      return check?.('', value) ?? value;
    };
  },
  timestamp: (column, { check }) => {
    if (!isReadAsWritten(column)) return undefined;
    return ({ bytes, starts, ends }, place) => {
      const instant = usualInstant(bytes, starts[place] as number, ends[place] as number);
      if (instant === undefined) return undefined;
      const value = new Date(instant);
      return check?.('', value) ?? value;
    };
  },
};

/** The cleaner of the usual texts of a column; undefined for a column without one. */
export const usualCleaner = (column: Column, parts: ColumnParts): UsualCleaner | undefined =>
  cleaners[column.type.kind]?.(column, parts);

/** Text steps that leave a number or an instant in its usual spelling as it is. */
const harmlessSteps: readonly string[] = ['trim', 'empty-to-null', 'default'];

/**
 * Whether numbers and instants in their usual spelling are read as they are written. The only check that their columns may have is a
 * range, which looks at the value.
 */
function isReadAsWritten(column: Column): boolean {
  const { time, number } = parseOf(column);
  return (
    !time && !number && column.steps.every((step) => !isTextStep(step) || harmlessSteps.includes(step.step))
  );
}

/** The values of an enum that its text steps leave as they are. */
function usualValue({ values }: DataTypeOf<'enum'>, prepared: ColumnParts['prepared']): UsualCleaner {
  const utf8 = new TextEncoder();
  const usual = values
    .filter((value) => prepared(value) === value)
    .map((value) => ({ value, token: utf8.encode(value) }));
  return ({ bytes, starts, ends }, place) => {
    const start = starts[place] as number;
    const length = (ends[place] as number) - start;
    for (const { value, token } of usual)
      if (token.length === length && startsWith(bytes, token, start)) return value;
    return undefined;
  };
}

/** Text steps that change white space at the ends, capital letters and empty texts only. */
const plainSteps: readonly string[] = ['trim', 'lower-case', 'empty-to-null', 'default'];

/** Texts in ASCII, without capital letters, whose ends are no white space. */
function usualText({ steps }: Column, { check }: ColumnParts): UsualCleaner | undefined {
  if (!steps.filter(isTextStep).every(({ step }) => plainSteps.includes(step))) return undefined;
  return (record, place) => {
    const { bytes } = record;
    const start = record.starts[place] as number;
    const end = record.ends[place] as number;
    if (start === end || (bytes[start] as number) <= 32 || (bytes[end - 1] as number) <= 32) return undefined;
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] as number;
      if (byte >= 0x80 || (byte >= 65 && byte <= 90)) return undefined;
    }
    const text = flatText(record, place) as string;
    return check?.(text, text) ?? text;
  };
}
