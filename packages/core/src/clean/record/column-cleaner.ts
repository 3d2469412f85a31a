import type { CleaningStep, RangeBound, StepOf } from '../../table/cleaning-step.ts';
import { type Column, parseOf } from '../../table/table-schema.ts';
import { isTextStep, type TextStepName, textStepsRunner } from '../../table/text-step.ts';
import { rangeCheck } from './range-check.ts';
import { isRejection, type Rejection, rejection } from './rejection.ts';
import { type CleanValue, type ValueParser, valueParser } from './value-parser.ts';

/** Cleans the raw text of a column: its value, or why it is rejected. */
export type ColumnCleaner = (text: string | null) => CleanValue | Rejection;

type Value = Exclude<CleanValue, null>;
/** Checks a value, and the text that it was read from. */
export type Check = (text: string, value: Value) => Rejection | undefined;
type CheckName = Exclude<CleaningStep['step'], TextStepName | 'required' | 'parse'>;

/** The steps after `parse`. They pass null. */
const checks: { [Name in CheckName]: (step: StepOf<Name>, column: Column) => Check } = {
  'one-of': (step) => {
    const values = new Set(step.values);
    const notOneOf = rejection('not_one_of');
    return (text) => (values.has(text) ? undefined : notOneOf);
  },
  range: (step, column) => {
    const isBelow = boundCheck(step.minimum, column, (order) => order < 0);
    const isAbove = boundCheck(step.maximum, column, (order) => order > 0);
    const [below, above] = [rejection('below_minimum'), rejection('above_maximum')];
    return (_text, value) => {
      if (isBelow?.(value)) return below;
      return isAbove?.(value) ? above : undefined;
    };
  },
  pattern: (step) => {
    const pattern = new RegExp(step.source, 'u');
    const mismatch = rejection('pattern_mismatch');
    return (text) => (pattern.test(text) ? undefined : mismatch);
  },
  length: ({ minimum = 0, maximum = Number.POSITIVE_INFINITY }) => {
    const [tooShort, tooLong] = [rejection('too_short'), rejection('too_long')];
    return (text) => {
      // A code point is one or two of the units that a text counts.
      if (text.length >= minimum * 2 && text.length <= maximum) return undefined;
      const length = codePoints(text);
      if (length < minimum) return tooShort;
      return length > maximum ? tooLong : undefined;
    };
  },
};

function boundCheck(bound: RangeBound | undefined, column: Column, outside: (order: number) => boolean) {
  if (!bound) return undefined;
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

const isCheck = (step: CleaningStep): step is StepOf<CheckName> =>
  !isTextStep(step) && step.step !== 'required' && step.step !== 'parse';

/** A column's cleaning in its parts. */
export interface ColumnParts {
  /** The text steps. */
  readonly prepared: (raw: string | null) => string | null;
  /** What a missing value becomes. */
  readonly ofNull: Rejection | null;
  readonly parse: ValueParser;
  /** The steps after `parse`, in one function; undefined without any. */
  readonly check: Check | undefined;
}

/** Compiles the parts of a column's cleaning. */
export function columnParts(column: Column): ColumnParts {
  const { steps } = column;
  const found = steps
    .filter(isCheck)
    .map((step) => (checks[step.step] as (step: CleaningStep, column: Column) => Check)(step, column));
  return {
    prepared: textStepsRunner(steps.filter(isTextStep)),
    ofNull: steps.some(({ step }) => step === 'required') ? rejection('missing') : null,
    parse: valueParser(column.type, parseOf(column)),
    check: allOf(found),
  };
}

function allOf([first, ...more]: readonly Check[]): Check | undefined {
  if (!first || more.length === 0) return first;
  return (text, value) => {
    const found = first(text, value);
    if (found) return found;
    for (const check of more) {
      const next = check(text, value);
      if (next) return next;
    }
    return undefined;
  };
}

/** Compiles the cleaning of a column. */
export function columnCleaner({ prepared, ofNull, parse, check }: ColumnParts): ColumnCleaner {
  return (raw) => {
    const text = prepared(raw);
    if (text === null) return ofNull;
    const value = parse(text);
    return check === undefined || isRejection(value) ? value : (check(text, value) ?? value);
  };
}
