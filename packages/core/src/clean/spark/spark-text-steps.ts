import type { StepOf } from '../../table/cleaning-step.ts';
import type { FileColumn } from '../../table/file-schema.ts';
import { isTextStep, type TextStep, type TextStepName } from '../../table/text-step.ts';
import { whiteSpace } from '../../table/white-space.ts';
import { sparkText } from '../../types/spark-type.ts';
import type { Layer } from './spark-layers.ts';
import { wholeText } from './whole-text.ts';

/** A text step as SQL over a text. */
interface StepSql<Step> {
  readonly sql: (text: string, step: Step) => string;
  /** Whether the SQL has its text several times, so that the text has to be a name. */
  readonly repeats?: true;
  /** Whether the SQL over a name is as cheap as the name. */
  readonly isCheap?: true;
}

const trimSet = sparkText(String.fromCodePoint(...whiteSpace));
const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const listed = (texts: readonly string[]): string => texts.map(sparkText).join(', ');

const steps: { readonly [Name in TextStepName]: StepSql<StepOf<Name>> } = {
  // Removes exactly these characters.
  trim: { sql: (text) => `trim(BOTH ${trimSet} FROM ${text})` },
  // `lower` changes letters beyond A to Z as well.
  'lower-case': { sql: (text) => `translate(${text}, '${upper}', '${upper.toLowerCase()}')` },
  'null-texts': {
    sql: (text, { texts }) => `CASE WHEN ${text} IN (${listed(texts)}) THEN NULL ELSE ${text} END`,
    repeats: true,
  },
  'whole-number': {
    sql: (text) => `regexp_replace(${text}, ${wholeText('([+-]?[0-9]+)\\.0*')}, '$1')`,
  },
  map: {
    sql: (text, { values }) => {
      const cases = Object.entries(values).map(
        ([code, value]) => `WHEN ${sparkText(code)} THEN ${sparkText(value)}`,
      );
      return cases.length > 0 ? `CASE ${text} ${cases.join(' ')} ELSE ${text} END` : text;
    },
    repeats: true,
  },
  'empty-to-null': { sql: (text) => `nullif(${text}, '')`, repeats: true, isCheap: true },
  default: { sql: (text, { text: other }) => `coalesce(${text}, ${sparkText(other)})`, isCheap: true },
};

/** The text of a column after its text steps: layers to compute first, and SQL that may be repeated. */
export interface CleanText {
  readonly layers: readonly Layer[];
  readonly text: string;
}

/**
 * Compiles the text steps of a column.
 *
 * @param raw the name of the raw text
 * @param prefix what the names of layers begin with
 */
export function sparkCleanText({ steps: all, constant }: FileColumn, raw: string, prefix: string): CleanText {
  const layers: Layer[] = [];
  let text = constant === undefined ? raw : sparkText(constant);
  let isCheap = true;
  const name = (): void => {
    const name = `${prefix}t${layers.length}`;
    layers.push([{ name, sql: text }]);
    text = name;
    isCheap = true;
  };
  for (const step of all.filter(isTextStep)) {
    const { sql, repeats, isCheap: staysCheap } = steps[step.step] as StepSql<TextStep>;
    if (repeats && !isCheap) name();
    text = sql(text, step);
    isCheap &&= staysCheap === true;
  }
  if (!isCheap) name();
  return { layers, text };
}
