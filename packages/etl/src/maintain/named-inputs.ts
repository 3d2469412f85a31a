import { type Manifest, manifestPath } from '@headwater/core/internal';

/**
 * The manifests whose inputs, or files of lookups, have one of the texts as a word in their names.
 *
 * @param texts in lower case
 */
export function namedInputs(history: readonly Manifest[], texts: readonly string[]): string[] {
  const words = new Set(texts);
  const isNamed = (source: string): boolean => {
    const name = source.toLowerCase();
    return texts.some((text) => name.includes(text) && isWord(name, text)) || words.has(name);
  };
  return history
    .filter(({ inputs, lookups = [] }) => [...inputs, ...lookups].some(({ source }) => isNamed(source)))
    .map(({ table, sequence }) => manifestPath(table, sequence));
}

function isWord(name: string, text: string): boolean {
  const letter = /[\p{L}\p{N}]/u;
  for (let at = name.indexOf(text); at >= 0; at = name.indexOf(text, at + 1))
    if (!letter.test(name[at - 1] ?? '') && !letter.test(name[at + text.length] ?? '')) return true;
  return false;
}
