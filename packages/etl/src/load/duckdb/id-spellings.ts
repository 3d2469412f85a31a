import type { Column } from '@headwater/core';
import { isTextStep, textStepsRunner } from '@headwater/core/internal';

/**
 * How files write an id inside a line that nothing could split: as it is, with the doubled quotes of CSV, with the escapes of JSON, a UUID
 * without its hyphens, a number with its groups of digits, the codes that the column's map has for it.
 *
 * @returns the spellings, the id itself among them, in no order. JSON writes the escapes of capital and small letters differently, so an
 *   id with letters outside ASCII has those of both
 */
export function idSpellings(id: string, { type, steps }: Column): ReadonlySet<string> {
  const cased = [id, id.toLowerCase(), id.toUpperCase()];
  const spellings = new Set([id, id.replaceAll('"', '""')]);
  // https://www.rfc-editor.org/rfc/rfc8259#section-7: a writer may escape a slash, and every letter.
  for (const json of cased.map((text) => JSON.stringify(text).slice(1, -1)))
    for (const some of [json, json.replaceAll('/', String.raw`\/`)])
      for (const text of [some, escapedLetters(some)]) spellings.add(text);
  for (const code of codesOf(id, steps)) spellings.add(code);
  if (type.kind === 'uuid') spellings.add(id.replaceAll('-', ''));
  for (const step of steps) {
    const group = step.step === 'parse' ? step.number?.group : undefined;
    if (group !== undefined) spellings.add(id.replace(/\B(?=(\d{3})+$)/g, () => group));
  }
  return spellings;
}

/** A text in ASCII alone, as JSON is by the default of Python and of PHP. */
const escapedLetters = (json: string): string =>
  json.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The codes that become the id, by the steps from their map on. In which case a file writes the id, does not matter. */
function codesOf(id: string, steps: Column['steps']): string[] {
  const texts = steps.filter(isTextStep);
  return texts.flatMap((step, index) => {
    if (step.step !== 'map') return [];
    const made = textStepsRunner(texts.slice(index));
    return Object.keys(step.values).filter((code) => made(code)?.toLowerCase() === id.toLowerCase());
  });
}
