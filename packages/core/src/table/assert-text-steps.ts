import { HeadwaterError } from '../errors/headwater-error.ts';
import { type DataType, type DataTypeKind, isIntegerKind } from './data-type.ts';
import { type NumberFormat, numberPattern } from './number-format.ts';
import { spellings } from './spellings.ts';
import { type TextStep, textStepRunner, textStepsRunner } from './text-step.ts';

type Fail = (problem: string, fix: string) => never;

/** For each kind of column that may have codes, whether a text is a value of it. */
const isValue: {
  readonly [Kind in DataTypeKind]?: (type: Extract<DataType, { kind: Kind }>) => (text: string) => boolean;
} = {
  string: () => () => true,
  enum:
    ({ values }) =>
    (text) =>
      values.includes(text),
  boolean: () => matching(spellings.boolean, 'i'),
  int32: () => matching(spellings.integer),
  int64: () => matching(spellings.integer),
  double: () => matching(spellings.number),
  decimal: () => matching(spellings.decimal),
};

function matching(pattern: string, flags = ''): (text: string) => boolean {
  const whole = new RegExp(`^(?:${pattern})$`, flags);
  return (text) => whole.test(text);
}

/**
 * Rejects text steps that could never do what they say: a code or a null text that an earlier step changes, a code's value that
 * the column's type does not have, and steps that are for other types.
 *
 * @param steps the column's text steps
 * @param number the column's number format
 * @throws HeadwaterError `DEFINITION_INVALID`, naming the text
 */
export function assertTextSteps(
  { table, column }: { readonly table: string; readonly column: string },
  type: DataType,
  steps: readonly TextStep[],
  number: NumberFormat | undefined,
): void {
  const fail: Fail = (problem, fix) => {
    throw new HeadwaterError('DEFINITION_INVALID', { table, column, problem, fix });
  };
  for (const [index, step] of steps.entries()) {
    const before = steps.slice(0, index);
    const after = steps.slice(index + 1);
    if (step.step === 'whole-number') assertWholeNumber(type, number, fail);
    if (step.step === 'null-texts') assertNullTexts(step.texts, before, fail);
    if (step.step === 'map') {
      assertCodes(Object.keys(step.values), before, fail);
      assertValues(step.values, after, type, number, fail);
    }
  }
}

function assertWholeNumber({ kind }: DataType, number: NumberFormat | undefined, fail: Fail): void {
  if (!isIntegerKind(kind))
    fail(
      `wholeNumber() is for integers, and its type is ${kind}`,
      'Remove it, or use z.int32() or z.int64()',
    );
  if (number)
    fail(
      'has both wholeNumber() and a numberFormat',
      'Remove wholeNumber(): in a column of integers, a numberFormat drops a fraction of zeros',
    );
}

function assertNullTexts(texts: readonly string[], before: readonly TextStep[], fail: Fail): void {
  const fix = "List the texts that mean null, as in nullTexts: ['NULL']";
  if (texts.length === 0) fail('nullTexts has no text', fix);
  for (const text of texts) {
    if (typeof text !== 'string') fail(`nullTexts has ${JSON.stringify(text)}, which is not a text`, fix);
    if (text === '') fail('nullTexts has an empty text', 'Use emptyToNull() in clean');
    assertReached(text, 'null text', before, fail);
  }
}

function assertCodes(codes: readonly string[], before: readonly TextStep[], fail: Fail): void {
  if (codes.length === 0) fail('map has no code', "Give values by their codes, as in map: { pv: 'view' }");
  // Some readers of JSON drop this name.
  if (codes.includes('__proto__')) fail('map has the code "__proto__"', 'Clean it before loading');
  for (const code of codes) assertReached(code, 'code', before, fail);
}

/** An earlier step may change the text, so that no row ever has it here. */
function assertReached(text: string, what: string, before: readonly TextStep[], fail: Fail): void {
  const step = before.find((one) => textStepRunner(one)(text) !== text)?.step;
  if (step !== undefined)
    fail(
      `the ${what} ${JSON.stringify(text)} can never match: the ${step} step changes it`,
      'Write the text as the steps before leave it, or set other steps in clean',
    );
}

function assertValues(
  values: Readonly<Record<string, string>>,
  after: readonly TextStep[],
  type: DataType,
  number: NumberFormat | undefined,
  fail: Fail,
): void {
  const reader =
    (isValue[type.kind] as ((type: DataType) => (text: string) => boolean) | undefined) ??
    fail(`has a map, and its type is ${type.kind}`, `A map is for ${Object.keys(isValue).join(', ')}`);
  const accepts = number ? matching(numberPattern(number), 'u') : reader(type);
  const clean = textStepsRunner(after);
  for (const [code, value] of Object.entries(values)) {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    if (typeof value !== 'string')
      fail(`the map's value for ${JSON.stringify(code)} is ${text}, which is not a text`, 'Write it as text');
    const cleaned = clean(value);
    if (cleaned === null || accepts(cleaned)) continue;
    fail(
      `the map's value ${JSON.stringify(value)} for ${JSON.stringify(code)} is not ${type.kind === 'enum' ? 'one of its values' : `of the type ${type.kind}`}`,
      type.kind === 'enum' ? `Values: ${type.values.join(', ')}` : 'Correct the value',
    );
  }
}
