import {
  type CleanResult,
  createDocumentCleaner,
  type RawRecord,
  type TableSchema,
} from '../../../src/index.ts';
import type { Outcome } from './outcome.ts';
import { outcomeOf } from './record-outcomes.ts';

/** What the cleaning of documents makes of rows, each of them written as a JSON object. */
export function documentOutcomes(
  schema: TableSchema,
  records: readonly RawRecord[],
  clean: (text: string) => CleanResult | undefined = firstOf(createDocumentCleaner(schema)),
): Outcome[] {
  return records.map((record, index) => {
    const result = clean(jsonOf(record, index));
    if (!result) throw new Error('a document has no result');
    return outcomeOf(schema, result);
  });
}

const firstOf =
  (clean: (text: string) => CleanResult[]) =>
  (text: string): CleanResult | undefined =>
    clean(text)[0];

/** A number as JSON writes it. One with an exponent means something else as a text. */
const bare = /^(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|true|false)$/;

/**
 * A row of texts as a JSON object that means the same: texts that JSON has as numbers or words are written so in every second one,
 * and objects differ in their order, their white space, their escapes, and in whether they have members for null.
 */
function jsonOf(record: RawRecord, index: number): string {
  const [bares, reversed, spaced, escaped, nulls] = [1, 2, 4, 8, 16].map((bit) => (index & bit) > 0);
  const members = Object.entries(record).filter(([, text]) => text != null || nulls);
  if (reversed) members.reverse();
  const space = spaced ? ' \n\t' : '';
  const written = members.map(([name, text]) => {
    const value = bares && text != null && bare.test(text) ? text : JSON.stringify(text ?? null);
    return `${space}"${name}"${space}:${space}${escaped ? value.replace(/[é😀:]/gu, escapeOf) : value}${space}`;
  });
  return `{${written.join(',')}}${space}`;
}

/** A character of a string as the escapes of its UTF-16 units. */
const escapeOf = (character: string): string =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
