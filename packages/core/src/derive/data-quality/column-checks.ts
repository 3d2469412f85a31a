import type { CleaningStep, StepOf } from '../../table/cleaning-step.ts';
import type { DataTypeKind, DataTypeOf } from '../../table/data-type.ts';
import { javaPattern } from '../../table/java-pattern.ts';
import type { Column } from '../../table/table-schema.ts';
import { stepWords } from '../docs/cleaning-words.ts';
import type { ColumnValue } from './column-value.ts';
import type { ColumnCheck } from './data-quality-rule.ts';
import { dqdlText, isPlainText, sqlText } from './dqdl-text.ts';
import { rangeChecks } from './range-checks.ts';
import { textCondition } from './text-conditions.ts';

type Check = Omit<ColumnCheck, 'source' | 'says'>;

const typed: Check[] = [{ note: 'The files have values of the type and no others' }];
const nested = 'DQDL judges columns; it does not see the members of a nested value';
const nestedKinds: readonly DataTypeKind[] = ['list', 'struct', 'map'];

/** The checks of each step. A column that is not plain or is nullable has conditions, which pass a null. */
const checks: {
  readonly [Name in CleaningStep['step']]: (
    step: StepOf<Name>,
    column: Column,
    value: ColumnValue,
  ) => Check[];
} = {
  trim: textChecks,
  'lower-case': textChecks,
  'null-texts': textChecks,
  map: textChecks,
  'empty-to-null': textChecks,
  'whole-number': () => [{ note: 'It concerns the raw text alone' }],
  default: () => [{ note: 'Of a default value, nothing tells where it came from' }],
  required: (_, column, value) => [requiredCheck(column, value)],
  parse(_, column, value) {
    const { type } = column;
    if (type.kind === 'uuid') return uuidChecks(column, value);
    // `one-of` has the values of an enum, and every text is a string.
    const isJudged = type.kind === 'enum' || type.kind === 'string' || nestedKinds.includes(type.kind);
    return isJudged ? [] : typed;
  },
  'one-of': (_, column, value) => (column.type.kind === 'enum' ? enumChecks(column, column.type, value) : []),
  range: (step, column, value) => rangeChecks(step, column, value),
  pattern: ({ source }, column, value) => [
    isWholePattern(source) && isOfValues(column, value)
      ? { rule: `ColumnValues ${dqdlText(column.name)} matches ${dqdlText(javaPattern(source))}` }
      : { condition: `not rlike(${value.sql}, ${sqlText(javaPattern(source))})` },
  ],
  length: ({ minimum, maximum }, column, value) => [
    ...(minimum === undefined ? [] : [lengthCheck(column, value, '>=', '<', minimum)]),
    ...(maximum === undefined ? [] : [lengthCheck(column, value, '<=', '>', maximum)]),
  ],
};

/** The checks of a column, in the order of its steps. */
export function columnChecks(column: Column, value: ColumnValue): ColumnCheck[] {
  return [...typeChecks(column, value), ...column.steps.flatMap(checksOf(column, value))];
}

/** What the type says: a nested column is not read from text, so it has no step that a null fails. */
function typeChecks(column: Column, value: ColumnValue): ColumnCheck[] {
  const isRequired = !column.nullable && !column.steps.some(({ step }) => step === 'required');
  return [
    ...(isRequired ? [{ source: 'type' as const, says: 'never null', ...requiredCheck(column, value) }] : []),
    ...(nestedKinds.includes(column.type.kind)
      ? [{ source: 'type' as const, says: `a ${column.type.kind}`, note: nested }]
      : []),
  ];
}

const checksOf =
  (column: Column, value: ColumnValue) =>
  (step: CleaningStep): ColumnCheck[] => {
    const says = step.step === 'one-of' ? `one of ${step.values.join(', ')}` : stepWords(step, column);
    const own = checks[step.step] as (step: CleaningStep, column: Column, value: ColumnValue) => Check[];
    return own(step, column, value).map((check) => ({ source: step.step, says, ...check }));
  };

const requiredCheck = (column: Column, value: ColumnValue): Check =>
  value.isPlain ? { rule: `IsComplete ${dqdlText(column.name)}` } : { condition: `${value.sql} is null` };

/** Whether a rule of DQDL judges the values of a column as they are: it names a column, and a null fails it. */
const isOfValues = (column: Column, value: ColumnValue): boolean => value.isPlain && !column.nullable;

function textChecks(step: CleaningStep, column: Column, value: ColumnValue): Check[] {
  if (column.type.kind !== 'string') return [];
  const condition = textCondition(step, column, value.sql);
  return condition === undefined
    ? [{ note: 'A later step may write what this one removes' }]
    : [{ condition }];
}

function enumChecks(column: Column, { values }: DataTypeOf<'enum'>, value: ColumnValue): Check[] {
  if (!value.isPlain || !values.every(isPlainText))
    return [{ condition: `${value.sql} not in (${values.map(sqlText).join(', ')})` }];
  const allowed = [...values.map(dqdlText), ...(column.nullable ? ['NULL'] : [])];
  return [{ rule: `ColumnValues ${dqdlText(column.name)} in [${allowed.join(', ')}]` }];
}

const uuid = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';

const uuidChecks = (column: Column, value: ColumnValue): Check[] => [
  isOfValues(column, value)
    ? { rule: `ColumnValues ${dqdlText(column.name)} matches ${dqdlText(javaPattern(uuid))}` }
    : { condition: `not rlike(${value.sql}, ${sqlText(javaPattern(uuid))})` },
];

/**
 * Whether a pattern gives one answer however a rule matches it: AWS does not document whether a part of the text is enough. It has both
 * anchors, no alternatives, which anchors could miss, does not match an empty text, and has no text that DQDL would escape.
 */
const isWholePattern = (source: string): boolean =>
  /^\^[^|"]*[^\\|"]\$$/.test(source) && !new RegExp(source).test('');

function lengthCheck(
  column: Column,
  value: ColumnValue,
  within: string,
  beyond: string,
  length: number,
): Check {
  return isOfValues(column, value)
    ? { rule: `ColumnLength ${dqdlText(column.name)} ${within} ${length}` }
    : { condition: `length(${value.sql}) ${beyond} ${length}` };
}
