import type { CleaningStep } from '../../table/cleaning-step.ts';
import type { TextStep, TextStepName } from '../../table/text-step.ts';
import { whiteSpace } from '../../table/white-space.ts';
import { flinkText } from '../../types/flink-type.ts';
import type { FlinkDifferenceCode } from './flink-differences.ts';

type StepOf<Name extends TextStepName> = Extract<CleaningStep, { step: Name }>;

interface StepRow<Name extends TextStepName> {
  readonly sql: (text: string, step: StepOf<Name>) => string;
  readonly difference?: FlinkDifferenceCode;
}

/** White space as a literal: TRIM takes each of its characters from both ends. */
const space = `U&'${whiteSpace.map((point) => `\\${point.toString(16).padStart(4, '0')}`).join('')}'`;
const whole = '^([+-]?[0-9]+)\\.0*\\z';

/** Each text step in Flink SQL. Patterns are Java's, in which `$` also matches before a line end: `\z` does not. */
const steps: { readonly [Name in TextStepName]: StepRow<Name> } = {
  trim: { sql: (text) => `TRIM(BOTH ${space} FROM ${text})` },
  'lower-case': { sql: (text) => `LOWER(${text})`, difference: 'letter-case' },
  'null-texts': {
    sql: (text, { texts }) =>
      texts.length === 0
        ? text
        : `CASE WHEN ${text} IN (${texts.map(flinkText).join(', ')}) THEN CAST(NULL AS STRING) ELSE ${text} END`,
  },
  'whole-number': {
    sql: (text) =>
      `CASE WHEN REGEXP(${text}, ${flinkText(whole)}) THEN REGEXP_EXTRACT(${text}, ${flinkText(whole)}, 1) ELSE ${text} END`,
  },
  map: {
    sql: (text, { values }) => {
      const entries = Object.entries(values);
      return entries.length === 0
        ? text
        : `CASE ${text} ${entries.map(([from, to]) => `WHEN ${flinkText(from)} THEN ${flinkText(to)}`).join(' ')} ELSE ${text} END`;
    },
  },
  'empty-to-null': { sql: (text) => `NULLIF(${text}, '')` },
  default: { sql: (text, step) => `COALESCE(${text}, ${flinkText(step.text)})` },
};

/** What the text steps of a column make of its text, and where that differs from the definition. */
export function flinkTextSteps(
  text: string,
  given: readonly TextStep[],
): { readonly sql: string; readonly differences: readonly FlinkDifferenceCode[] } {
  let sql = text;
  const differences: FlinkDifferenceCode[] = [];
  for (const step of given) {
    const { sql: of, difference } = steps[step.step] as StepRow<TextStepName>;
    sql = of(sql, step);
    if (difference !== undefined) differences.push(difference);
  }
  return { sql, differences };
}
