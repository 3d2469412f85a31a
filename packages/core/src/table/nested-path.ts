import type { DefinitionProblem } from '../errors/definition-problem.ts';

/**
 * One step of a path into a nested record.
 *
 * - `member`: the member with this name, of an object.
 * - `element`: the element at this place, from 0 on, of a list.
 * - `first`: the first element of a list whose member `name` has this text.
 * - `each`: the element of the exploded list that the row is of.
 * - `number`: the number of that element in its list, from 1 on.
 */
export type PathStep =
  | { readonly step: 'member'; readonly name: string }
  | { readonly step: 'element'; readonly index: number }
  | { readonly step: 'first'; readonly name: string; readonly text: string }
  | { readonly step: 'each' }
  | { readonly step: 'number' };

/** A plain name: no character that a path or an engine's own paths give a meaning. */
const plainName = /[^.[\]="'\s\\*#\p{Cc}]+/uy;
const quotedName = /"([^"\\*\p{Cc}]+)"/uy;
const selectedText = /[^\]"\p{Cc}]+(?=\])/uy;
const quotedText = /"([^"\p{Cc}]+)"/uy;
const placeOf = /\d{1,9}(?=\])/y;

const nameFix =
  'Write names with other characters in double quotes: "page view".url. No name may have a quote, a backslash or an asterisk';

/**
 * Reads a path into a nested record:
 *
 * ```
 * path     = name *( "." name / selector )
 * selector = "[" place "]" / "[" name "=" text "]" / "[]" / "[#]"
 * name     = plain / DQUOTE any DQUOTE      plain: no white space and none of . [ ] = " ' * # \
 * place    = 1*9DIGIT                       from 0 on
 * text     = plain text up to "]" / DQUOTE any DQUOTE
 * ```
 *
 * @returns its steps, or why it is no path
 * @example
 * ```ts
 * parsePath('event_params[key=ga_session_id].value.int_value');
 * // [{ step: 'member', name: 'event_params' }, { step: 'first', name: 'key', text: 'ga_session_id' }, ...]
 * ```
 */
export function parsePath(text: string): readonly PathStep[] | DefinitionProblem {
  let at = 0;
  const steps: PathStep[] = [];
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at += match[0].length;
    return match?.[1] ?? match?.[0];
  };
  const skip = (part: string): boolean => {
    const found = text.startsWith(part, at);
    if (found) at += part.length;
    return found;
  };
  const name = (): string | undefined => take(quotedName) ?? take(plainName);
  const wrong = (expected: string, fix = nameFix): DefinitionProblem => ({
    problem: `the path "${text}" has ${at < text.length ? `"${text.slice(at)}"` : 'nothing'} where ${expected} is expected`,
    fix,
  });
  const selector = (): PathStep | DefinitionProblem => {
    const fix = 'Selectors are [0], [name=text], [] and [#]';
    if (skip(']')) return { step: 'each' };
    if (skip('#]')) return { step: 'number' };
    const place = take(placeOf);
    if (place !== undefined && skip(']')) return { step: 'element', index: Number(place) };
    const member = name();
    if (member === undefined || !skip('=')) return wrong('a selector', fix);
    const value = take(quotedText) ?? take(selectedText);
    if (value === undefined || !skip(']')) return wrong('the text of a selector', fix);
    return { step: 'first', name: member, text: value };
  };
  do {
    const member = name();
    if (member === undefined) return wrong('a name');
    steps.push({ step: 'member', name: member });
    while (skip('[')) {
      const step = selector();
      if ('problem' in step) return step;
      steps.push(step);
    }
  } while (skip('.'));
  return at === text.length ? steps : wrong('a point, a selector or the end');
}

const isPlainName = (name: string): boolean => new RegExp(`^(?:${plainName.source})$`, 'u').test(name);
const nameText = (name: string): string => (isPlainName(name) ? name : `"${name}"`);
const selected = (text: string): string => (text.includes(']') ? `"${text}"` : text);

/**
 * A path as text, each part in its shortest spelling. `parsePath` reads it back as the same steps.
 * @example pathText([{ step: 'member', name: 'items' }, { step: 'each' }, { step: 'member', name: 'price' }]) // 'items[].price'
 */
export function pathText(steps: readonly PathStep[]): string {
  let text = '';
  for (const step of steps) {
    if (step.step === 'member') text += `${text === '' ? '' : '.'}${nameText(step.name)}`;
    else if (step.step === 'element') text += `[${step.index}]`;
    else if (step.step === 'first') text += `[${nameText(step.name)}=${selected(step.text)}]`;
    else text += step.step === 'each' ? '[]' : '[#]';
  }
  return text;
}

/** Whether a table reads nested records: a column has a path, or a list is exploded. */
export const readsPaths = ({
  columns,
  explode,
}: {
  readonly columns: readonly { readonly path?: readonly PathStep[] }[];
  readonly explode?: readonly string[];
}): boolean => explode !== undefined || columns.some(({ path }) => path !== undefined);

/** The steps of a path of members only, such as that of a table's `explode`. */
export const memberSteps = (names: readonly string[]): Extract<PathStep, { step: 'member' }>[] =>
  names.map((name) => ({ step: 'member', name }));

/** The path of members only: the text of a table's `explode`. */
export const memberPath = (names: readonly string[]): string => pathText(memberSteps(names));

/** The name of a path's first step: the member of the record that it reads. */
export const firstMember = ([first]: readonly PathStep[]): string =>
  first?.step === 'member' ? first.name : '';

/** Whether a step reads the exploded list: `[]` or `[#]`. */
export const isElementStep = ({ step }: PathStep): boolean => step === 'each' || step === 'number';

/**
 * What a path reads of an element of the exploded list: the steps after `[]`, or its number.
 * @returns undefined for a path that reads the record itself
 */
export function elementPart(steps: readonly PathStep[]): readonly PathStep[] | 'number' | undefined {
  const at = steps.findIndex(isElementStep);
  if (at === -1) return undefined;
  return steps[at]?.step === 'number' ? 'number' : steps.slice(at + 1);
}
