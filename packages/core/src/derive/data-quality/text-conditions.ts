import type { CleaningStep } from '../../table/cleaning-step.ts';
import type { Column } from '../../table/table-schema.ts';
import { whiteSpace } from '../../table/white-space.ts';
import { sqlText } from './dqdl-text.ts';

const codePoint = (code: number): string => `\\x{${code.toString(16)}}`;

/** Code points as ranges of a class in a regular expression. They are in ascending order. */
function ranges(codes: readonly number[]): string {
  const starts = codes.filter((code) => !codes.includes(code - 1));
  const ends = codes.filter((code) => !codes.includes(code + 1));
  return starts
    .map((start, index) => {
      const end = ends[index] ?? start;
      return start === end ? codePoint(start) : `${codePoint(start)}-${codePoint(end)}`;
    })
    .join('');
}

const codes = ranges(whiteSpace);
/** White space at either end, in Java's regular expressions. */
const outerWhiteSpace = `\\A[${codes}]|[${codes}]\\z`;

const anyOf = (value: string, texts: readonly string[]): string | undefined =>
  texts.length === 0 ? undefined : `${value} in (${texts.map(sqlText).join(', ')})`;

/**
 * A condition of Spark SQL for texts that a text step removes or replaces, which no row may meet. Undefined where a later step may
 * write such a text again: the values of a map, a default.
 *
 * @param value SQL of the column's value
 */
export function textCondition(step: CleaningStep, column: Column, value: string): string | undefined {
  const written = writtenAfter(step, column);
  switch (step.step) {
    case 'trim':
      return written.every((text) => text.trim() === text)
        ? `rlike(${value}, ${sqlText(outerWhiteSpace)})`
        : undefined;
    case 'lower-case':
      return written.some((text) => /[A-Z]/.test(text)) ? undefined : `rlike(${value}, '[A-Z]')`;
    case 'empty-to-null':
      return written.includes('') ? undefined : `${value} = ''`;
    case 'null-texts':
      return anyOf(
        value,
        step.texts.filter((text) => !written.includes(text)),
      );
    case 'map': {
      const kept = new Set([...Object.values(step.values), ...written]);
      return anyOf(
        value,
        Object.keys(step.values).filter((text) => !kept.has(text)),
      );
    }
    default:
      return undefined;
  }
}

/** The texts that steps after a step may write. */
const writtenAfter = (step: CleaningStep, { steps }: Column): string[] =>
  steps.slice(steps.indexOf(step) + 1).flatMap((later) => {
    if (later.step === 'map') return Object.values(later.values);
    return later.step === 'default' ? [later.text] : [];
  });
