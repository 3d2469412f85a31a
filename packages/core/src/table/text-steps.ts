import { HeadwaterError } from '../errors/headwater-error.ts';
import type { CleaningStep } from './cleaning-step.ts';
import { emptyToNull, mapTexts, nullTexts, trim } from './cleaning-step.ts';
import type { ColumnMetadata } from './column-metadata.ts';
import { isTextStep, type TextStep } from './text-step.ts';

const defaultSteps: readonly CleaningStep[] = [trim(), emptyToNull()];

/** The places where the short forms go: what corrects the spelling comes before, what is about nulls after. */
const afterShortForms: ReadonlySet<CleaningStep['step']> = new Set(['empty-to-null', 'default']);

/**
 * The text steps of a column: its `clean`, with the short forms `nullTexts` and `map` directly before the first
 * `emptyToNull()` or `defaultText()`, or at the end.
 *
 * @throws HeadwaterError `DEFINITION_INVALID` for a step that is not a text step, and for a short form that `clean` has as well
 */
export function textSteps(table: string, column: string, metadata: ColumnMetadata): readonly TextStep[] {
  const fail = (problem: string, fix: string): never => {
    throw new HeadwaterError('DEFINITION_INVALID', { table, column, problem, fix });
  };
  const steps = metadata.clean ?? defaultSteps;
  const { nullTexts: nulls, map } = metadata;
  // The types reject these. A definition in plain JavaScript is checked here.
  if (nulls !== undefined && !Array.isArray(nulls))
    fail('nullTexts is not a list', "Write it as a list, as in nullTexts: ['NULL']");
  if (map !== undefined && (typeof map !== 'object' || map === null || Array.isArray(map)))
    fail('map is not an object', "Give values by their codes, as in map: { pv: 'view' }");
  const short = [
    ...(nulls === undefined ? [] : [{ name: 'nullTexts', step: nullTexts(...nulls) }]),
    ...(map === undefined ? [] : [{ name: 'map', step: mapTexts(map) }]),
  ];
  for (const { name, step } of short)
    if (steps.some((one) => one.step === step.step))
      fail(
        `${name} is given twice: in clean and beside it`,
        'Give it once. In clean its place is the one where it stands',
      );
  const place = steps.findIndex(({ step }) => afterShortForms.has(step));
  const at = place === -1 ? steps.length : place;
  const all = [...steps.slice(0, at), ...short.map(({ step }) => step), ...steps.slice(at)];
  return all.map((step) =>
    isTextStep(step)
      ? sorted(step)
      : fail(
          `clean contains "${step.step}", which is not a text step`,
          'Express it in zod (enum, min, max, regex, length). Use only trim, lowerCase, nullTexts, wholeNumber, mapTexts, emptyToNull and defaultText in clean',
        ),
  );
}

/** The order in which codes are written means nothing, and is no difference between definitions. */
function sorted(step: TextStep): TextStep {
  if (step.step !== 'map') return step;
  const entries = Object.entries(step.values).sort(([left], [right]) => (left < right ? -1 : 1));
  return { step: 'map', values: Object.fromEntries(entries) };
}
