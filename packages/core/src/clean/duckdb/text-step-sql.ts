import type { StepOf } from '../../table/cleaning-step.ts';
import type { Column } from '../../table/table-schema.ts';
import { isTextStep, type TextStep, type TextStepName } from '../../table/text-step.ts';
import { whiteSpace } from '../../table/white-space.ts';
import { quoteText } from '../../types/duckdb-type.ts';

const trimSet = quoteText(String.fromCodePoint(...whiteSpace));
const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

const textSql: {
  readonly [Name in TextStepName]: (text: string, step: StepOf<Name>) => string;
} = {
  trim: (text) => `trim(${text}, ${trimSet})`,
  'lower-case': (text) => `translate(${text}, '${upper}', '${upper.toLowerCase()}')`,
  // Each step has its text once, so that several steps do not multiply it.
  'null-texts': (text, { texts }) => texts.reduce((sql, one) => `nullif(${sql}, ${quoteText(one)})`, text),
  'whole-number': (text) => `regexp_replace(${text}, '^([+-]?[0-9]+)\\.0*$', '\\1')`,
  map: (text, { values }) => {
    const cases = Object.entries(values).map(
      ([code, value]) => `WHEN ${quoteText(code)} THEN ${quoteText(value)}`,
    );
    return `CASE ${text} ${cases.join(' ')} ELSE ${text} END`;
  },
  'empty-to-null': (text) => `nullif(${text}, '')`,
  default: (text, { text: other }) => `coalesce(${text}, ${quoteText(other)})`,
};

const listed = (texts: readonly string[]): string => texts.map(quoteText).join(', ');

function applyTextStep(text: string, step: TextStep): string {
  return (textSql[step.step] as (text: string, step: TextStep) => string)(text, step);
}

/** SQL for the text of a column after its text steps, from the raw text. */
export const duckdbText = ({ steps }: Column, raw: string): string =>
  steps.filter(isTextStep).reduce(applyTextStep, raw);

/** SQL conditions under which the text steps leave a raw text in canonical form as it is. Most columns need none. */
export function keptConditions(column: Column, raw: string): string[] {
  const { type } = column;
  const hasCapitals =
    type.kind === 'timestamp' || (type.kind === 'enum' && type.values.some((value) => /[A-Z]/.test(value)));
  const isLowered = hasCapitals && column.steps.some(({ step }) => step === 'lower-case');
  const texts = column.steps.flatMap((step) =>
    step.step === 'null-texts' ? step.texts : step.step === 'map' ? Object.keys(step.values) : [],
  );
  return [
    ...(texts.length > 0 ? [`${raw} NOT IN (${listed(texts)})`] : []),
    ...(isLowered ? [`lower(${raw}) = ${raw}`] : []),
  ];
}
