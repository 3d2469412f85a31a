import type { CleaningStep, StepOf } from './cleaning-step.ts';
import { trimText } from './white-space.ts';

/** The steps before parsing. A column's `clean` consists of them. */
export const textStepNames = [
  'trim',
  'lower-case',
  'null-texts',
  'whole-number',
  'map',
  'empty-to-null',
  'default',
] as const satisfies readonly CleaningStep['step'][];

/** The name of a text step. */
export type TextStepName = (typeof textStepNames)[number];
/** A step before parsing. */
export type TextStep = StepOf<TextStepName>;

const names: ReadonlySet<string> = new Set(textStepNames);

/** Whether a step runs on the text, before it is parsed. */
export const isTextStep = (step: CleaningStep): step is TextStep => names.has(step.step);

const runners: {
  readonly [Name in TextStepName]: (step: StepOf<Name>) => (text: string | null) => string | null;
} = {
  trim: () => (text) => (text === null ? null : trimText(text)),
  'lower-case': () => (text) =>
    text === null ? null : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()),
  'null-texts': ({ texts }) => {
    const nulls = new Set(texts);
    return (text) => (text === null || nulls.has(text) ? null : text);
  },
  'whole-number': () => (text) => (text === null ? null : (/^([+-]?[0-9]+)\.0*$/.exec(text)?.[1] ?? text)),
  map: ({ values }) => {
    const map = new Map(Object.entries(values));
    return (text) => (text === null ? null : (map.get(text) ?? text));
  },
  'empty-to-null': () => (text) => (text === '' ? null : text),
  default: (step) => (text) => text ?? step.text,
};

/** The function of a text step: from a text, or null, to what the step makes of it. */
export function textStepRunner(step: TextStep): (text: string | null) => string | null {
  return (runners[step.step] as (step: TextStep) => (text: string | null) => string | null)(step);
}

/** The function of several text steps, which run one after the other. */
export function textStepsRunner(steps: readonly TextStep[]): (text: string | null) => string | null {
  const [first, ...more] = steps.map(textStepRunner);
  if (!first) return (text) => text;
  if (more.length === 0) return first;
  return (text) => {
    let made = first(text);
    for (const run of more) made = run(made);
    return made;
  };
}
