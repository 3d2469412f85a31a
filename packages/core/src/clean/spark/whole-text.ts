import { sparkText } from '../../types/spark-type.ts';

/**
 * A regular expression that has to match a whole text, as a SQL literal. In Java, `$` also matches before a line end at the end of
 * the text; `\z` does not.
 */
export const wholeText = (pattern: string): string => sparkText(`\\A(?:${pattern})\\z`);

/** SQL for the parts of a text that match the groups of a pattern. */
export interface TextParts {
  /** SQL of the parts as an array. Compute it once, under a name. */
  readonly sql: string;
  /** Whether the text matched, given the name of the array. */
  isMatch(name: string): string;
  /** The part of a group by its place in `replacement`, from 0. A group without a part is empty. */
  part(name: string, index: number): string;
}

/**
 * SQL that splits a text by a pattern, in one run of the pattern: the text is replaced by its parts with a mark before each. Spark has no
 * function that gives the parts of all groups.
 *
 * @param groups the parts in order, as replacements of Java: `$1` is the first group
 */
export function textParts(text: string, pattern: string, groups: readonly string[]): TextParts {
  // A character that no text with this form has, so a text that has it has another form.
  const mark = ['\u0001', '\u0002', '\u0003'].find((one) => !pattern.includes(one)) ?? '\u0004';
  const marked = groups.map((group) => mark + group).join('');
  return {
    sql: `split(regexp_replace(${text}, ${wholeText(pattern)}, ${sparkText(marked)}), ${sparkText(mark)})`,
    isMatch: (name) => `size(${name}) = ${groups.length + 1} AND instr(${text}, ${sparkText(mark)}) = 0`,
    part: (name, index) => `${name}[${index + 1}]`,
  };
}
