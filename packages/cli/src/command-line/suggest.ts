/**
 * The most similar name, if few letters differ. The library is loaded only when a name is unknown.
 *
 * @example await suggest('simulat', ['simulate', 'sql']) // 'simulate'
 */
export async function suggest(given: string, names: readonly string[]): Promise<string | undefined> {
  const { distance } = await import('fastest-levenshtein');
  const ranked = names
    .map((name) => ({ name, letters: distance(given.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.letters - b.letters);
  const [best] = ranked;
  if (best && best.letters <= Math.max(2, Math.floor(given.length / 3))) return best.name;
  return names.find((name) => given.length >= 3 && name.startsWith(given));
}

/** `Did you mean --lake?`, or nothing. */
export async function suggestion(
  given: string,
  names: readonly string[],
  prefix = '',
): Promise<readonly string[]> {
  const name = await suggest(given, names);
  return name === undefined ? [] : [`Did you mean ${prefix}${name}?`];
}
