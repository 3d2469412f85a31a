/** Rows grouped by a key, the groups in the order of their first rows. */
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

/** The number of distinct values, without nulls. */
export const distinct = <Value>(values: Iterable<Value | null>): number => {
  const all = new Set(values);
  return all.size - (all.has(null) ? 1 : 0);
};
