/** The largest and the smallest of what has a figure, the first of those that are equal. */
export function extremes<One extends { readonly value: number | null }>(
  all: readonly One[],
): { readonly highest: One & { value: number }; readonly lowest: One & { value: number } } | undefined {
  const known = all.filter((one): one is One & { value: number } => one.value !== null);
  const [first] = known;
  if (!first) return undefined;
  return {
    highest: known.reduce((best, one) => (one.value > best.value ? one : best), first),
    lowest: known.reduce((best, one) => (one.value < best.value ? one : best), first),
  };
}
