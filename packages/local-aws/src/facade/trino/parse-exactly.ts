/**
 * Parses JSON and keeps every number as its text: a bigint beyond 2^53 keeps its digits, and a double its spelling.
 *
 * @example parseExactly('[9007199254740993, 1.0E10]') // ['9007199254740993', '1.0E10']
 */
export function parseExactly(text: string): unknown {
  // https://github.com/tc39/proposal-json-parse-with-source
  const reviver = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
    typeof value === 'number' ? context?.source : value;
  return JSON.parse(text, reviver);
}
