/** A stretch of SQL that is all code, or one string, quoted name or comment. */
export interface SqlPiece {
  readonly kind: 'code' | 'string' | 'name' | 'comment';
  readonly text: string;
  /** Where it begins in the SQL. */
  readonly at: number;
}

// Each alternative takes what is left when its end is missing: the engine will say so.
const pattern =
  /(?<string>'[^']*(?:''[^']*)*(?:'|$))|(?<name>"[^"]*(?:""[^"]*)*(?:"|$)|`[^`]*(?:`|$))|(?<comment>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))/g;

/**
 * Cuts SQL into code and what only looks like it.
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
