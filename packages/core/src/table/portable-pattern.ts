/**
 * Regular expressions differ between engines: JavaScript backtracks, DuckDB uses RE2
 * (https://github.com/google/re2/wiki/Syntax), Trino and Spark use Java's. What is accepted here means the same
 * in all of them: literals, classes, groups, alternation, anchors, quantifiers, \d \w.
 */
const refused: readonly [RegExp, string][] = [
  [/\(\?(?!:)/, 'look-around, named groups and inline flags'],
  [/\\[1-9k]/, 'back-references'],
  [/\\[sSbBDWpPcxu]/, '\\s, \\b, \\D, \\W, \\p and code escapes'],
  [/[*+?}][+]/, 'possessive quantifiers'],
  [/\[\[|&&|\[:/, 'nested classes'],
];

/**
 * The source of `pattern` when it means the same on every engine; calls `refuse` otherwise.
 *
 * @example portablePattern(/^[a-z]+(\.[a-z]+)*$/, refuse) // '^[a-z]+(\\.[a-z]+)*$'
 */
export function portablePattern(pattern: RegExp, refuse: (problem: string, fix: string) => never): string {
  const fix = 'Use literals, classes, groups, alternation, anchors and quantifiers only';
  if (/[^u]/.test(pattern.flags)) return refuse(`the regex flags "${pattern.flags}" are not portable`, fix);
  for (const [construct, name] of refused) {
    if (construct.test(pattern.source))
      return refuse(`${pattern} uses what engines read differently: ${name}`, fix);
  }
  const withoutEscapes = pattern.source.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '');
  if (withoutEscapes.includes('.'))
    return refuse(`${pattern} uses a bare "." (engines differ on line ends)`, 'Write [^\\n]');
  return pattern.source;
}
