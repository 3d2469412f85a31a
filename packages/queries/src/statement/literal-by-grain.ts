import type { Grain } from '../metric/grain.ts';

/** Texts, names and what is between them. A name is kept, a text may differ. */
const pieces = /'(?:[^']|'')*'|"(?:[^"]|"")*"/g;

/**
 * One statement of several that differ in texts alone: each of those texts becomes a CASE over the grain.
 *
 * @returns undefined when they differ in more
 */
export function byGrain(
  grain: string,
  statements: readonly (readonly [grain: Grain, sql: string])[],
): string | undefined {
  const parts = statements.map(([length, sql]) => ({ length, ...split(sql) }));
  const [first] = parts;
  if (!first || parts.some(({ shape }) => shape !== first.shape)) return undefined;
  let index = 0;
  return first.sql.replaceAll(pieces, (piece) => {
    const own = parts.map(({ length, found }) => [length, found[index] ?? piece] as const);
    index += 1;
    if (own.every(([, text]) => text === piece)) return piece;
    return `(case ${grain} ${own.map(([length, text]) => `when '${length}' then ${text}`).join(' ')} end)`;
  });
}

const split = (sql: string) => ({
  sql,
  found: sql.match(pieces) ?? [],
  shape: sql.replaceAll(pieces, (piece) => (piece.startsWith('"') ? piece : "''")),
});
