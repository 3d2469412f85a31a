import { HeadwaterError } from '@headwater/core';

const ignored = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/;
const queryWords: ReadonlySet<string> = new Set(['select', 'with', 'values', 'table', '(']);

/**
 * Checks that the statement that a person wrote can only be a query. Trino and Athena take one statement at a time, and
 * in their grammar a statement that begins with one of these words is a query
 * (https://trino.io/docs/current/sql/select.html), so the first word decides.
 *
 * @returns the text without the semicolons at its end, which Trino rejects
 * @throws HeadwaterError `QUERY_NOT_READ_ONLY`
 */
export function assertOneSelect(text: string): string {
  const start = text.replace(ignored, '');
  const word = /^(?:\w+|\()/.exec(start)?.[0].toLowerCase();
  if (word === undefined || !queryWords.has(word))
    throw new HeadwaterError('QUERY_NOT_READ_ONLY', { statement: word ?? 'no statement' });
  return text.replace(/[\s;]+$/, '');
}
