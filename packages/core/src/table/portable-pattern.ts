/**
 * Regular expressions differ between engines: JavaScript backtracks, DuckDB uses RE2
 * (https://github.com/google/re2/wiki/Syntax), Trino and Spark use Java's. Only constructs that mean the same
 * in all of them are accepted: literals, classes, groups, alternation, anchors, quantifiers, \d \w \n \r \t. `$` matches
 * only at the end of the text; `javaPattern` translates it for engines with Java's syntax.
 */
const refused: readonly [RegExp, string][] = [
  [/\(\?(?!:)/, 'look-around, named groups and inline flags'],
  [/[*+?}][+]/, 'possessive quantifiers'],
  [/\[[^\]]*\[|\[[^\]]*&&/, 'nested classes'],
  [/\[\^?\]/, 'an empty class'],
];

/** An escaped syntax character, or one of the few letters that mean the same in every engine. */
const portableEscape = /^\\[dwnrt^$\\.*+?()[\]{}|/-]$/;

/** The maximum repeat count of RE2 (https://github.com/google/re2/wiki/Syntax). */
const maxRepeat = 1000;

/**
 * Returns the source of `pattern` when it means the same on every engine. Calls `refuse` otherwise.
 *
 * @example portablePattern(/^[a-z]+(\.[a-z]+)*$/, refuse) // '^[a-z]+(\\.[a-z]+)*$'
 */
export function portablePattern(pattern: RegExp, refuse: (problem: string, fix: string) => never): string {
  const fix = 'Use literals, classes, groups, alternation, anchors and quantifiers only';
  const differs = (name: string): never =>
    refuse(`${pattern} uses a construct that differs between engines: ${name}`, fix);
  if (/[^u]/.test(pattern.flags)) return refuse(`the regex flags "${pattern.flags}" are not portable`, fix);

  const unportable = pattern.source.match(/\\./gs)?.find((found) => !portableEscape.test(found));
  if (unportable) return differs(`the escape ${unportable}`);
  // Replace each escape with a letter, so that the remaining special characters are syntax.
  const bare = pattern.source.replace(/\\./gs, 'x');
  for (const [construct, name] of refused) if (construct.test(bare)) return differs(name);
  const repeats = bare.match(/\{[0-9,]+\}/g)?.flatMap((braces) => braces.slice(1, -1).split(',')) ?? [];
  if (repeats.some((count) => Number(count) > maxRepeat)) return differs(`more than ${maxRepeat} repeats`);
  if (bare.replace(/\[[^\]]*\]/g, '').includes('.'))
    return refuse(`${pattern} uses a bare ".", which differs between engines at line ends`, 'Write [^\\n]');
  try {
    new RegExp(pattern.source, 'u');
  } catch {
    return refuse(
      `${pattern} is not a valid regex with the flag u, with which it runs`,
      'Escape { } [ ] and - only where required',
    );
  }
  return pattern.source;
}
