/**
 * Regular expressions differ between engines: JavaScript backtracks, DuckDB uses RE2
 * (https://github.com/google/re2/wiki/Syntax), Trino and Spark use Java's. What is accepted here means the same
 * in all of them: literals, classes, groups, alternation, anchors, quantifiers, \d \w \n \r \t. `$` is the end of the
 * text, and nothing before it; engines with Java's syntax get that from `javaPattern`.
 */
const refused: readonly [RegExp, string][] = [
  [/\(\?(?!:)/, 'look-around, named groups and inline flags'],
  [/[*+?}][+]/, 'possessive quantifiers'],
  [/\[[^\]]*\[|\[[^\]]*&&/, 'nested classes'],
  [/\[\^?\]/, 'an empty class'],
];

/** An escaped sign of the syntax, or one of the few letters that mean the same everywhere. */
const portableEscape = /^\\[dwnrt^$\\.*+?()[\]{}|/-]$/;

/** RE2 counts no further (https://github.com/google/re2/wiki/Syntax). */
const maxRepeat = 1000;

/**
 * The source of `pattern` when it means the same on every engine; calls `refuse` otherwise.
 *
 * @example portablePattern(/^[a-z]+(\.[a-z]+)*$/, refuse) // '^[a-z]+(\\.[a-z]+)*$'
 */
export function portablePattern(pattern: RegExp, refuse: (problem: string, fix: string) => never): string {
  const fix = 'Use literals, classes, groups, alternation, anchors and quantifiers only';
  const differs = (name: string): never =>
    refuse(`${pattern} uses what engines read differently: ${name}`, fix);
  if (/[^u]/.test(pattern.flags)) return refuse(`the regex flags "${pattern.flags}" are not portable`, fix);

  const unportable = pattern.source.match(/\\./gs)?.find((found) => !portableEscape.test(found));
  if (unportable) return differs(`the escape ${unportable}`);
  // A letter in place of each escape: what is left of the syntax is syntax.
  const bare = pattern.source.replace(/\\./gs, 'x');
  for (const [construct, name] of refused) if (construct.test(bare)) return differs(name);
  const repeats = bare.match(/\{[0-9,]+\}/g)?.flatMap((braces) => braces.slice(1, -1).split(',')) ?? [];
  if (repeats.some((count) => Number(count) > maxRepeat)) return differs(`more than ${maxRepeat} repeats`);
  if (bare.replace(/\[[^\]]*\]/g, '').includes('.'))
    return refuse(`${pattern} uses a bare "." (engines differ on line ends)`, 'Write [^\\n]');
  try {
    new RegExp(pattern.source, 'u');
  } catch {
    return refuse(
      `${pattern} is not a regex with the flag u, under which it runs`,
      'Escape { } [ ] and - only where they need it',
    );
  }
  return pattern.source;
}
