/**
 * The source of a `pattern` step for engines whose regular expressions are Java's (Trino, Athena, Spark). One
 * construct differs: in Java, `$` also matches before a line end at the end of the text
 * (https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/regex/Pattern.html#lt). In JavaScript and
 * DuckDB it does not. `\z` matches only at the end.
 *
 * @param source a pattern that `portablePattern` accepted
 * @example javaPattern('^[a-z$]+$') // '^[a-z$]+\\z'
 */
export function javaPattern(source: string): string {
  // Match escapes and classes as a whole: a `$` inside them is a plain character.
  return source.replace(/\\.|\[(?:\\.|[^\]\\])*\]|\$/gs, (piece) => (piece === '$' ? '\\z' : piece));
}
