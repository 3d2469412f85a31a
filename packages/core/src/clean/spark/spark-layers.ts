/** An expression with the name under which later layers use it. */
export interface NamedSql {
  readonly name: string;
  readonly sql: string;
}

/** Expressions that are computed in one step over what the layers before gave. */
export type Layer = readonly NamedSql[];

/**
 * A SELECT that computes layers one after the other, each as a subquery. A layer has all columns of the one before; Spark drops
 * those that nothing reads. A name that a later layer reads several times is computed once: Spark merges two subqueries only where
 * that multiplies nothing expensive (`CollapseProject`, since Spark 3.3).
 *
 * @param from SQL of a relation: a name, or a SELECT in parentheses
 */
export const layeredSelect = (from: string, layers: readonly Layer[]): string =>
  layers
    .filter((layer) => layer.length > 0)
    .reduce(
      (inner, layer) =>
        `(SELECT *, ${layer.map(({ name, sql }) => `${sql} AS ${name}`).join(',\n  ')}\nFROM ${inner})`,
      from,
    );

/** The layers of several chains, side by side: the first of each, the second of each, and so on. */
export const sideBySide = (chains: readonly (readonly Layer[])[]): Layer[] =>
  Array.from({ length: Math.max(0, ...chains.map(({ length }) => length)) }, (_, depth) =>
    chains.flatMap((chain) => chain[depth] ?? []),
  );
