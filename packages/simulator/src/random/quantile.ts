/**
 * Draws from a distribution given by its quantiles at equal steps (the first is the minimum, the last the maximum),
 * with straight lines between them. Integers in, integer out: no logarithm whose last digit an engine may choose.
 *
 * @param quantiles 2^n + 1 ascending integers
 * @param draw a uniform 32-bit integer
 */
export function quantileAt(quantiles: Int32Array, draw: number): number {
  const position = (draw / 0x1_0000_0000) * (quantiles.length - 1);
  const step = Math.floor(position);
  const low = quantiles[step] ?? 0;
  const high = quantiles[step + 1] ?? low;
  return low + Math.floor((high - low) * (position - step));
}
