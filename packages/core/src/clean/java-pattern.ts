/**
 * The source of a `pattern` step for engines whose regular expressions are Java's (Trino, Athena, Spark). It differs in
 * one construct: there `$` matches before a line end that closes the text as well
 * (https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/regex/Pattern.html#lt), and in JavaScript and
 * DuckDB it does not. `\z` is the end alone.
 *
 * @param source one that `portablePattern` let pass
 * @example javaPattern('^[a-z$]+$') // '^[a-z$]+\\z'
 */
export function javaPattern(source: string): string {
  // An escape, or a class, is one piece: a dollar inside is a dollar.
  return source.replace(/\\.|\[(?:\\.|[^\]\\])*\]|\$/gs, (piece) => (piece === '$' ? '\\z' : piece));
}
