/** What may hold a question mark that is no placeholder: texts, names, comments, and texts between dollar signs. */
const opaque = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\w*)\$[\s\S]*?\$\1\$/y;

/**
 * The placeholders `?` of a statement that a person wrote as PostgreSQL's own: `$1`, `$2`, ... in their order. A statement with
 * `$1`, or without parameters, stays as it is: PostgreSQL has operators with question marks for JSON.
 *
 * @example numberedPlaceholders("select ? where a = '?'", 1) // "select $1 where a = '?'"
 */
export function numberedPlaceholders(sql: string, parameters: number): string {
  if (parameters === 0) return sql;
  let numbered = '';
  let count = 0;
  for (let at = 0; at < sql.length; ) {
    opaque.lastIndex = at;
    const [skipped] = opaque.exec(sql) ?? [];
    if (skipped !== undefined) {
      numbered += skipped;
      at += skipped.length;
    } else if (/^\$\d/.test(sql.slice(at, at + 2))) {
      return sql;
    } else {
      if (sql[at] === '?') count += 1;
      numbered += sql[at] === '?' ? `$${count}` : sql[at];
      at += 1;
    }
  }
  return numbered;
}
