/** A piece of SQL: code, one string, one quoted name or one comment. */
export interface SqlPiece {
  readonly kind: 'code' | 'string' | 'name' | 'comment';
  readonly text: string;
  /** Its offset in the SQL. */
  readonly at: number;
}

// A piece without an end takes the rest of the text; the engine reports the error.
const pattern =
  /(?<string>'[^']*(?:''[^']*)*(?:'|$))|(?<name>"[^"]*(?:""[^"]*)*(?:"|$)|`[^`]*(?:`|$))|(?<comment>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))/g;

/**
 * Splits SQL into code, strings, quoted names and comments.
 *
 * @example sqlPieces("a = '?' -- b") // code `a = `, string `'?'`, code ` `, comment `-- b`
 */
export function sqlPieces(sql: string): readonly SqlPiece[] {
  const pieces: SqlPiece[] = [];
  let at = 0;
  const code = (end: number): void => {
    if (end > at) pieces.push({ kind: 'code', text: sql.slice(at, end), at });
  };
  for (const match of sql.matchAll(pattern)) {
    code(match.index);
    const [text] = match;
    const kind = match.groups?.['string'] ? 'string' : match.groups?.['name'] ? 'name' : 'comment';
    pieces.push({ kind, text, at: match.index });
    at = match.index + text.length;
  }
  code(sql.length);
  return pieces;
}
