/** Rows by what they have in common, in the order in which groups came. */
export function grouped<Row, Key extends readonly unknown[]>(
  rows: Iterable<Row>,
  keyOf: (row: Row) => Key,
): { readonly key: Key; readonly rows: Row[] }[] {
  const groups = new Map<string, { key: Key; rows: Row[] }>();
  for (const row of rows) {
    const key = keyOf(row);
    // undefined and null are different parts; JSON writes them alike.
    const text = JSON.stringify(key.map((one) => (one === undefined ? ['none'] : one)));
    const group = groups.get(text);
    if (group) group.rows.push(row);
    else groups.set(text, { key, rows: [row] });
  }
  return [...groups.values()];
}

/** How many different values there are, nulls left out. */
export const distinct = <Value>(values: Iterable<Value | null>): number => {
  const all = new Set(values);
  return all.size - (all.has(null) ? 1 : 0);
};
